const { draft, set, h } = studio;
const find = (name) => element.querySelector(name);
const board = find(".mf-storyboard"), title = find(".mf-reel-title"), plan = find(".mf-reel-plan"), make = find(".mf-make"), made = find(".mf-reels"), list = find(".mf-reel-list");
const next = find(".mf-add-next"), clear = find(".mf-clear");
const JOINS = [["0", "Cut"], ["0.25", "Cross-fade ¼ s"], ["0.5", "Cross-fade ½ s"], ["1", "Cross-fade 1 s"]];
let reels = [], timer = 0, turn = 0, drawn = "", advice = [], busy = false;

const call = async (name, question) => {
  let answer;
  try { answer = await server[name](question); } catch { /* as good as no answer */ }
  return answer ?? { error: studio.LOST };
};
const say = (text, bad) => { plan.classList.toggle("mf-bad", !!bad); if (plan.textContent !== (text || "")) plan.textContent = text || ""; };
const shots = () => draft.reel.shots, { current } = studio.reel;
const keep = (changes, typing) => studio.reel.set(changes, typing ? "reel-typing" : "reel");
const change = (at, changes, typing) => studio.reel.change(at, changes, typing ? "reel-typing" : "reel");

/* ---- the storyboard ----------------------------------------------------------------------------------------------- */

const add = (shot) => { if (!studio.reel.add(shot)) say(`A reel holds at most ${studio.reel.most} shots.`, true); };
const move = (at, by) => {
  const order = [...shots()], [one] = order.splice(at, 1);
  order.splice(at + by, 0, one);
  keep({ shots: order.map((shot, number) => (number ? shot : { ...shot, fade: 0 })) });
  board.children[at + by]?.querySelector(`[data-act="${by < 0 ? "up" : "down"}"], textarea`)?.focus({ preventScroll: true });
};

const row = (shot, at) => {
  const button = (text, act, label, onclick, name = "mf-quiet") => h("button", { type: "button", className: name, title: label, "aria-label": `${label}: shot ${at + 1}`, "data-act": act, onclick }, text);
  const words = h("textarea", { value: shot.draft.prompt, maxLength: 20000, spellcheck: true, rows: 2, "aria-label": `Prompt of shot ${at + 1}`, placeholder: "What happens in this shot, and what does the camera do?",
    oninput: () => change(at, { draft: { ...shots()[at].draft, prompt: words.value, beats: null } }, true) });
  const seconds = h("input", { type: "number", min: 0.5, max: props.longest, step: 0.5, value: shot.draft.seconds, inputMode: "decimal",
    onchange: () => { const given = Math.max(0.5, Math.min(props.longest, Number(seconds.value) || 5)); const { draft: one } = shots()[at]; seconds.value = given; change(at, { draft: { ...one, seconds: given, beats: studio.stretched(one.beats, one.seconds, given) } }, true); } });
  const opens = at ? h("label", {}, h("span", {}, "Opens"), h("select", { "aria-label": `What shot ${at + 1} opens on`, onchange: (event) => {
    const own = event.target.value === "own";
    const now = current();
    change(at, own ? { chained: false, thumb: now.thumb, name: now.name, draft: { ...shots()[at].draft, still: now.draft.still, focus: now.draft.focus } } : { chained: true });
  } }, h("option", { value: "last", selected: shot.chained }, "on the last frame"), h("option", { value: "own", selected: !shot.chained }, shot.chained ? "on the still on the Direct page" : "on its own still"))) : null;
  const join = at ? h("label", {}, h("span", {}, "Join"), h("select", { "aria-label": `How shot ${at + 1} joins the one before`, onchange: (event) => change(at, { fade: Number(event.target.value) }, true) },
    JOINS.map(([value, text]) => h("option", { value, selected: Number(value) === shot.fade }, text)))) : null;
  return h("li", { "data-shot": at }, h("span", { className: "mf-nth", "aria-hidden": "true" }, `${at + 1}`),
    shot.chained ? h("div", { className: "mf-opens" }, `Where shot ${at} ends`) : shot.thumb ? h("img", { className: "mf-opens", src: shot.thumb, alt: shot.name }) : h("div", { className: "mf-opens" }, shot.name || "Its own still"),
    h("div", { className: "mf-told" }, words, h("p", { className: "mf-advised" }), h("div", { className: "mf-set" }, h("label", {}, h("span", {}, "Seconds"), seconds), opens, join)),
    h("div", { className: "mf-acts" }, at > 1 || (at === 1 && !shot.chained) ? button("↑", "up", "Move up", () => move(at, -1), "mf-quiet mf-arrow") : null,
      at < shots().length - 1 && (at || !shots()[1].chained) ? button("↓", "down", "Move down", () => move(at, 1), "mf-quiet mf-arrow") : null,
      shot.chained ? null : button("Direct", "open", "Open on the Direct page", () => open(at)),
      button("Remove", "remove", "Remove", () => remove(at))));
};
/* A shot that went on from the one that is removed has no still of its own: the first shot needs one. */
const remove = (at) => {
  const left = shots().filter((_, number) => number !== at);
  if (!at && left[0]?.chained) { const now = current(); left[0] = { ...left[0], chained: false, thumb: now.thumb, name: now.name, draft: { ...left[0].draft, still: now.draft.still, focus: null } }; }
  if (left[0]) left[0] = { ...left[0], fade: 0 };
  keep({ shots: left });
  (board.children[Math.min(at, left.length - 1)]?.querySelector("textarea") || find(".mf-add-shot")).focus({ preventScroll: true });
};
/* On the Direct page a shot has all of the coach; Replace puts it back here. */
const open = (at) => studio.emit("edit-reel", { at, shot: shots()[at] });

const tips = () => [...board.children].forEach((node, at) => {
  const told = advice[at] || {}, tip = node.querySelector(".mf-advised"), said = JSON.stringify(told);
  if (tip.dataset.said === said) return;
  tip.dataset.said = said;
  tip.replaceChildren(...(told.advice ? [h("bdi", {}, studio.plain(told.advice)), " ", told.by_hand ? h("button", { type: "button", className: "mf-link",
    onclick: () => change(at, { draft: { ...shots()[at].draft, beats: null } }) }, "Follow the words") : told.directed ? h("button", { type: "button", className: "mf-link", title: told.directed,
    onclick: () => change(at, { draft: { ...shots()[at].draft, prompt: told.directed, beats: null } }) }, "Use the coach’s direction") : ""] : []));
});
const ask = studio.asker((question) => call("look_over", question));
const question = () => ({ title: draft.reel.title, shots: shots().map(({ draft: one, chained, fade }) => ({ draft: one, chained, fade })) });
const look = studio.later(400, async () => {
  if (!shots().length) { advice = []; return; }  // what was said stays: Undo, after Clear
  const answer = await ask(question());
  if (!answer || busy) return;
  advice = answer.shots || [];
  make.disabled = !!answer.error;
  say(answer.error || answer.words, answer.error);
  tips();
});
const paint = () => {
  title.value = draft.reel.title;
  board.replaceChildren(...shots().map(row));
  make.hidden = !shots().length;
  next.hidden = clear.hidden = !shots().length;
  const none = !shots().length;
  find(".mf-reel-empty").hidden = find(".mf-to-direct").hidden = !none;
  find(".mf-reel-law").hidden = title.parentNode.hidden = none;
  find(".mf-add-shot").className = none ? "mf-add-shot mf-make" : "mf-add-shot mf-quiet";
  if (none) say("");
  look();
};
title.addEventListener("input", () => keep({ title: title.value }, true));
find(".mf-add-shot").addEventListener("click", () => (draft.still ? add(current()) : say("Choose a still on the Direct page first.", true)));
find(".mf-to-direct").addEventListener("click", () => studio.tab("Direct"));
next.addEventListener("click", () => { add(studio.reel.onwards(shots().at(-1))); board.lastChild?.querySelector("textarea")?.focus(); });
clear.addEventListener("click", () => { const before = draft.reel; keep({ shots: [], title: "" }); plan.replaceChildren("Cleared. ", h("button", { type: "button", className: "mf-link", onclick: () => keep(before) }, "Undo")); });
const MAKING = "It is being made, shot by shot. You may close this tab.";
make.addEventListener("click", async (event) => {
  if (event.detail > 1) return;  // a double click is one
  busy = make.disabled = true;
  const answer = await call("make_reel", question());
  busy = make.disabled = false;
  say(answer.error || MAKING, answer.error);
  if (!answer.error) { studio.emit("queued"); list_(); }
});
studio.on("draft", ({ changed, from }) => { if (changed.includes("reel")) (from === "reel-typing" ? look() : paint()); });

/* ---- the reels that were made ------------------------------------------------------------------------------------- */

const STATES = { made: "made", queued: "in the queue", making: "being made", waiting: "waits", trouble: "not made" };
const step = (shot, at) => h("li", { "data-state": shot.state }, `${at + 1}. `, h("b", {}, STATES[shot.state] + (shot.state === "making" && shot.total ? ` ${shot.done}/${shot.total}` : "")), " · ",
  h("bdi", {}, studio.plain(shot.title)), shot.trouble ? h("span", {}, `. ${studio.plain(shot.trouble)}`) : "");
const card = (reel) => {
  const act = (text, name, onclick) => h("button", { type: "button", className: name || "mf-quiet", "aria-label": `${text}: ${reel.title}`, onclick }, text);
  const does = (name) => async () => { const answer = await call(name, { reel: reel.id }); if (answer.error) say(answer.error, true); studio.emit("queued"); list_(); };
  const ended = { done: "", making: "Being made", stopped: "Stopped" }[reel.state];
  return h("li", { "data-reel": reel.id, "data-state": reel.state },
    reel.url ? h("video", { src: reel.url, poster: reel.poster, controls: true, playsInline: true, preload: "none", "aria-label": `Reel: ${reel.title}` }) : h("span", { className: "mf-blank" }, ended),
    h("div", { className: "mf-about" }, h("h3", {}, h("bdi", {}, studio.plain(reel.title))), h("p", { className: "mf-short" }, [reel.short, ended].filter(Boolean).join(" · ")),
      reel.trouble ? h("p", { className: "mf-error" }, studio.plain(reel.trouble)) : null,
      h("ol", { className: "mf-steps" }, reel.shots.map(step)),
      h("div", { className: "mf-row" }, reel.url ? studio.link("Download", reel.url, reel.name) : null,
        reel.state === "making" ? act("Stop", "", does("stop_reel")) : null,
        reel.state === "stopped" ? act("Go on", "", does("go_on")) : null,
        reel.state === "making" ? null : act("Delete", "mf-link", does("remove_reel")))));
};
const list_ = async () => {
  clearTimeout(timer);
  const mine = ++turn;
  const answer = await call("list_reels", null);
  if (mine !== turn) return;
  if (answer.reels) {
    reels = answer.reels;
    made.hidden = !reels.length;
    const form = JSON.stringify(reels);
    if (form !== drawn) {  // a reel that did not change stays as it is: its clip may be playing
      const before = new Map([...list.children].map((node) => [node.dataset.form, node]));
      list.replaceChildren(...reels.map((reel) => { const said = JSON.stringify(reel), node = before.get(said) || card(reel); node.dataset.form = said; return node; }));
    }
    drawn = form;
  }
  if (!reels.some((reel) => reel.state === "making")) { if (plan.textContent === MAKING) look(); } else timer = setTimeout(list_, element.offsetParent ? 1500 : 5000);
};
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) list_(); }).observe(element);
paint();
list_();
