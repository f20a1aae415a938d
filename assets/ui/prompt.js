const { draft, set, h, places } = studio;
const find = (name) => element.querySelector(name);
const words = find("textarea"), backdrop = find(".mf-backdrop"), advice = find(".mf-advice"), said = find("#mf-advice-said");
const ready = find(".mf-ready"), parts = find(".mf-parts"), rewrite = find(".mf-rewrite"), next = find(".mf-next"), error = find(".mf-error");
const more = find(".mf-more-advice"), dismissed = find(".mf-dismissed"), question = find(".mf-question"), answer = question.querySelector("input");
const engines = find(".mf-for"), spoken = find(".mf-engine-text"), negative = find(".mf-negative"), leftOut = find(".mf-left-out"), copy = find(".mf-copy");
const LAYERS = ["camera", "subject", "scene", "light", "audio"];
const WORD = { error: "Error", warning: "Warning", info: "Note" };
const PAUSE = 900;  // ms without a key: only then is advice on the prompt as a whole new to the list
const MOST = 5;  // lines of advice that are shown at once, the worst first
let review = null, lit = -1, typed = 0, wide = false;

find(".mf-legend").append(...LAYERS.map((layer) => h("span", { "data-layer": layer }, layer[0].toUpperCase() + layer.slice(1))));

/* ---- the words and their underlines ------------------------------------------------------------------------- */

const layerOf = (finding) => {
  const span = finding.spans[0];
  if (!span) return "";
  const cue = review.cues.find((one) => one.span.start < span.end && span.start < one.span.end && LAYERS.includes(one.label));
  return cue ? cue.label : "";
};

/* Cut the text where anything begins or ends, and give each piece what covers it. */
const draw = () => {
  const text = words.value;
  if (!review || review.prompt !== text) { backdrop.textContent = text + "\n"; return; }
  const at = places(text), cuts = new Set([0, text.length]), marks = [];
  review.cues.forEach((cue) => marks.push({ start: at(cue.span.start), end: at(cue.span.end), layer: cue.label }));
  review.findings.forEach((finding, index) => finding.spans.forEach((span) =>
    marks.push({ start: at(span.start), end: at(span.end), severity: finding.severity, layer: layerOf(finding), index })));
  marks.forEach((mark) => cuts.add(mark.start).add(mark.end));
  const order = [...cuts].sort((a, b) => a - b), nodes = [];
  const rank = { error: 3, warning: 2, info: 1 };
  for (let i = 0; i + 1 < order.length; i++) {
    const over = marks.filter((mark) => mark.start <= order[i] && mark.end >= order[i + 1] && mark.start < mark.end);
    const cue = over.find((mark) => mark.index === undefined);
    const worst = over.filter((mark) => mark.index !== undefined).sort((a, b) => rank[b.severity] - rank[a.severity])[0];
    nodes.push(h("span", {
      "data-layer": worst?.layer || cue?.layer, "data-severity": worst?.severity, "data-cue": LAYERS.includes(cue?.layer) ? cue.layer : null,  // a tint means a layer; looks have none
      className: over.some((mark) => mark.index === lit && lit >= 0) ? "mf-lit" : "",
    }, text.slice(order[i], order[i + 1])));
  }
  backdrop.replaceChildren(...nodes, "\n");
};

/* A finding that is pointed at shows where it is: its words, and its places on the still. */
const light = (index) => {
  if (lit === index) return;
  lit = index;
  draw();
  studio.emit("boxes", review?.findings[index]?.boxes || []);
  [...advice.children].forEach((node) => node.classList.toggle("mf-lit", Number(node.dataset.index) === index));
};

/* Replace the words as one step that Ctrl+Z takes back: only the stretch that differs is typed over. */
const retype = (text) => {
  const old = words.value;
  let start = 0, end = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start++;
  while (end < Math.min(old.length, text.length) - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  const before = draft.touched;
  words.focus({ preventScroll: true });
  words.setSelectionRange(start, old.length - end);
  const fresh = text.slice(start, text.length - end);
  const typed = fresh ? document.execCommand("insertText", false, fresh) : document.execCommand("delete");
  if (!typed || words.value !== text) { words.setRangeText(text.slice(start, text.length - end), start, old.length - end, "end"); words.value = text; changed(); }
  if (matchMedia("(pointer: coarse)").matches) words.blur();
  set({ touched: before }, "prompt");  // the coach's words are not yet the person's own
};

const applied = (finding, fix) => {
  const at = places(words.value);
  return [...fix.edits].sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, at(edit.start)) + edit.replacement + text.slice(at(edit.end)), words.value);
};

/* ---- what the coach says ------------------------------------------------------------------------------------- */

/* A fix that leaves little of the words says so before it is taken. */
const replaces = (fix) => fix.edits.some((edit) => edit.replacement.trim()) && fix.edits.reduce((all, edit) => all + edit.end - edit.start, 0) > 0.6 * Math.max(60, [...review.prompt].length);
const line = (finding, index) => {
  const reason = h("div", { className: "mf-why", hidden: true }, h("p", {}, studio.plain(finding.why)), h("p", { className: "mf-row" },
    h("button", { type: "button", className: "mf-link", onclick: () => studio.rule(finding.code) }, `Rule ${finding.code}`),
    h("button", { type: "button", className: "mf-link mf-dismiss", onclick: () => dismiss(finding) }, "Not for this prompt")));
  const why = h("button", { type: "button", className: "mf-link", "aria-expanded": "false", "aria-describedby": `mf-finding-${index}`,
    onclick: () => { reason.hidden = !reason.hidden; why.setAttribute("aria-expanded", String(!reason.hidden)); } }, "why?");
  const fixes = finding.fixes.map((fix) => h("button", {
    type: "button", className: "mf-fix", onclick: () => { if (review?.prompt === words.value) retype(applied(finding, fix)); } }, fix.title, replaces(fix) ? h("small", {}, " · replaces all") : ""));
  return h("li", {
    "data-severity": finding.severity, "data-layer": layerOf(finding), "data-index": index, "data-code": finding.code,
    onmouseenter: () => light(index), onmouseleave: () => light(-1), onfocusin: () => light(index), onfocusout: () => light(-1),
  }, h("span", { className: "mf-mark", "aria-hidden": "true" }),
    h("p", {}, h("b", {}, WORD[finding.severity]), " ", h("bdi", { id: `mf-finding-${index}` }, studio.plain(finding.message)), " ", why),
    fixes.length ? h("div", { className: "mf-fixes" }, fixes) : null, reason);
};

const dismiss = (finding) => {
  set({ dismissed: [...new Set([...draft.dismissed, finding.rule])] }, "prompt");
  light(-1);
  coach().then(() => dismissed.querySelector("button")?.focus({ preventScroll: true }));
};
const silent = () => {
  dismissed.hidden = !draft.dismissed.length;
  dismissed.replaceChildren("Not heard for this prompt: ", draft.dismissed.join(", "), ". ",
    h("button", { type: "button", className: "mf-link", onclick: () => { set({ dismissed: [] }, "prompt"); words.focus({ preventScroll: true }); coach(); } }, "Hear all rules"));
};

/* Nobody is told off in the middle of a first word, nor for a page that is still empty. */
const list = () => {
  if (!review || review.prompt !== words.value) return;
  const shown = new Set([...advice.children].map((node) => node.dataset.code));
  const open = new Set([...advice.querySelectorAll('[aria-expanded="true"]')].map((node) => node.closest("li").dataset.code));
  const due = (finding) => finding.spans.length || shown.has(finding.code) || Date.now() - typed >= PAUSE;
  const all = review.prompt.trim() ? review.findings.map((finding, index) => [finding, index]) : [];
  const lines = all.filter(([finding]) => due(finding)).map(([finding, index]) => line(finding, index));
  const rest = wide ? [] : lines.slice(MOST + 1 === lines.length ? lines.length : MOST);  // one more line is no longer than saying so
  rest.forEach((node) => { node.hidden = true; });
  advice.replaceChildren(...lines);
  lines.filter((node) => open.has(node.dataset.code)).forEach((node) => node.querySelector("[aria-expanded]").click());
  advice.ariaBusy = String(Date.now() - typed < PAUSE);
  more.hidden = !rest.length;
  more.textContent = `${rest.length} more`;
};
more.addEventListener("click", () => { wide = true; const first = advice.querySelector("li[hidden]"); list(); advice.querySelector(`[data-code="${first?.dataset.code}"] button`)?.focus({ preventScroll: true }); });
const listLater = studio.later(PAUSE + 20, list);

const meter = (points, most) => {
  const bar = h("i", { className: "mf-meter", "aria-hidden": "true" }, h("i"));
  bar.firstChild.style.width = `${(points / most) * 100}%`;
  return bar;
};
/* Another language, code: the coach cannot tell what moves there, so it does not say how ready it is. */
const unread = () => review.findings.some(({ rule }) => rule === "language");
const readiness = () => {
  const written = !!review.prompt.trim() && !unread(), worst = (severity) => review.findings.some((finding) => finding.severity === severity);
  ready.hidden = !written;
  if (!written) { open(false); return; }
  const value = review.readiness;
  const word = worst("error") ? "Will drift" : !worst("warning") ? "Ready" : value >= 80 ? "Nearly there" : "Needs direction";
  ready.setAttribute("aria-label", `${word}. Readiness ${value} of 100: its parts`);
  ready.replaceChildren(h("span", {}, word), meter(value, 100), h("b", {}, String(value)));
  parts.replaceChildren(...review.parts.map((part) => h("div", { "data-full": part.points === part.most },
    h("dt", {}, part.name[0].toUpperCase() + part.name.slice(1)), h("dd", { className: "mf-points" }, meter(part.points, part.most), `${part.points} of ${part.most}`),
    h("dd", {}, h("bdi", {}, studio.plain(part.line))))));
};
const open = (wide) => { parts.hidden = !wide; ready.setAttribute("aria-expanded", String(wide)); };
ready.addEventListener("click", () => open(parts.hidden));

const ranges = (text, spans, tag, name) => {
  const at = places(text), nodes = [];
  let here = 0;
  [...spans].sort((a, b) => a.start - b.start).forEach((span) => {
    nodes.push(text.slice(here, at(span.start)), h(tag, { className: name, "data-reason": span.reason || null, title: span.why || null }, text.slice(at(span.start), at(span.end))));
    here = at(span.end);
  });
  return [...nodes, text.slice(here)];
};

/* Why words are dropped, one line a reason; the line that is pointed at shows its words above. */
let whys = false;  // whether the reasons are open: they stay so while the words change
const reasons = (removed) => {
  const named = (props.reasons || []).map((name) => [name, removed.filter((one) => one.reason === name)]).filter(([, all]) => all.length);
  const point = (name) => rewrite.querySelectorAll("del[data-reason]").forEach((node) => node.classList.toggle("mf-lit", node.dataset.reason === name));
  const rows = named.map(([name, all]) => h("div", { onmouseenter: () => point(name), onmouseleave: () => point("") },
    h("dt", {}, name[0].toUpperCase() + name.slice(1)),
    h("dd", {}, ...all.flatMap((one, index) => [index ? " · " : "", h("bdi", {}, studio.plain(one.text))])), h("dd", { className: "mf-because" }, studio.plain(all[0].why))));
  const count = named.reduce((sum, [, all]) => sum + all.length, 0);
  return count ? h("details", { className: "mf-reasons", open: whys, ontoggle: (event) => { whys = event.target.open; } },
    h("summary", { className: "mf-whys" }, count > 1 ? `Why these ${count} pieces are dropped` : "Why it is dropped"), h("dl", {}, ...rows)) : null;
};

const compare = () => {
  const { text, removed, added } = review.rewrite;
  rewrite.hidden = !text || text === review.prompt || !(removed.length + added.length);
  if (rewrite.hidden) return rewrite.replaceChildren();
  const written = review.prompt.trim(), held = rewrite.contains(document.activeElement) && document.activeElement.className;
  rewrite.replaceChildren(...[
    h("div", { className: "mf-head" }, h("h3", {}, written ? "Directed" : "A place to start"), h("span", { className: "mf-key" },
      removed.length ? h("del", { className: "mf-removed" }, "dropped") : "", " ", added.length ? h("ins", { className: "mf-added" }, "suggested") : "")),
    written && h("p", { className: "mf-before" }, h("span", { className: "mf-sr" }, "Your words: "), ...ranges(review.prompt, removed, "del", "mf-removed")),
    h("p", { className: "mf-after" }, h("span", { className: "mf-sr" }, "Directed: "), ...ranges(text, added, "ins", "mf-added")),
    h("div", { className: "mf-row" }, h("button", { type: "button", className: "mf-use", onclick: () => { retype(text); set({ idea: 0 }, "prompt"); } }, "Use this direction"),
      added.length ? h("button", { type: "button", className: "mf-quiet mf-idea", onclick: another }, "Another idea") : null),
    written && reasons(removed),
  ].filter(Boolean));
  if (held) rewrite.querySelector(`.${held.split(" ").at(-1)}`)?.focus({ preventScroll: true });
};
/* The coach proposes something else: at once in the rewrite, on the timeline and in the animatic. */
const another = () => { set({ idea: (draft.idea + 1) % 4294967296 }, "prompt"); coach(); };

const onwards = () => {
  const text = review.next_shot;
  next.hidden = !text;
  next.replaceChildren(...(text ? [
    h("div", { className: "mf-head" }, h("h3", {}, "Next shot"), h("span", {}, `what ${studio.seconds(draft.seconds)} cannot hold`)),
    h("p", {}, h("bdi", {}, text)),
    h("div", { className: "mf-row" }, h("button", { type: "button", className: "mf-quiet", onclick: () => retype(text) }, "Go on with this shot"),
      h("button", { type: "button", className: "mf-quiet", onclick: () => studio.emit("split-reel") }, "Make a reel of it")),
  ] : []));
};

const summary = studio.later(1000, () => {  // once, after the last key: a screen reader is not talked over
  if (!review) return;
  const count = (name) => review.findings.filter((finding) => finding.severity === name).length;
  const parts = [["error", "error"], ["warning", "warning"], ["info", "note"]].filter(([name]) => count(name))
    .map(([name, word]) => `${count(name)} ${word}${count(name) > 1 ? "s" : ""}`);
  said.textContent = words.value.trim() ? `${parts.join(", ") || "No advice"}.${unread() ? "" : ` Readiness ${review.readiness} of 100.`}` : "";
});

const speak = async () => {
  const told = await askWords({ ...studio.question(), engine: engines.value || draft.engine });
  if (!told) return;
  spoken.textContent = told.error || told.prompt || "Nothing yet.";
  negative.hidden = !told.negative;
  negative.replaceChildren(...(told.negative ? [`Negative prompt: ${told.negative} `, copier(told.negative)] : []));
  leftOut.hidden = !told.left_out?.length;
  leftOut.replaceChildren(...(told.left_out || []).map(({ text, why }) => h("li", {}, h("b", {}, "Left out: "), h("bdi", {}, studio.plain(text)), h("span", {}, studio.plain(why)))));
  inquire(told.question || "");
};
const speakLater = studio.later(250, speak);

/* Some engines want the first frame in words: one line of the person's own, asked for only where it is needed. */
let inquiry = "";
const inquire = (text) => {
  const engine = (props.engines || []).find((one) => one.id === engines.value);
  inquiry = text || inquiry;
  question.hidden = !engine?.asks || !(text || draft.first_frame || document.activeElement === answer);
  question.querySelector("span").textContent = inquiry || `${engine?.title || "This engine"} wants the first frame in words. What does the still show?`;
  if (document.activeElement !== answer) answer.value = draft.first_frame;
};
answer.addEventListener("input", () => { set({ first_frame: answer.value }, "prompt"); coachSoon(); });

const ask = studio.asker((asked) => server.coach(asked));
const askWords = studio.asker((asked) => server.speak(asked));

const say = (text) => {
  error.hidden = !text;
  error.textContent = studio.plain(text || "");
  words.setAttribute("aria-invalid", String(!!text));
};
let asking = false, changedSince = false, took = 0;
const coach = async () => {
  if (asking) { changedSince = true; return; }  // one question at a time: the next one holds all that was typed meanwhile
  asking = true;
  const began = performance.now(), heard = await ask(studio.question());
  took = performance.now() - began;
  asking = false;
  if (changedSince) { changedSince = false; return coachIn(0); }
  if (!heard || long()) return;
  say(heard.error);
  if (heard.wait) setTimeout(coachSoon, heard.wait * 1000);  // it asks again by itself; the words stay as they are
  if (heard.error) advice.ariaBusy = "false";
  if (heard.error || heard.prompt !== words.value) return;
  review = heard; lit = -1;
  draw(); readiness(); list(); silent(); compare(); onwards(); summary();
  studio.emit("review", review);
  speakLater();
};
/* Half a word says little and is often misread: the coach waits for its end, or for a longer pause. */
const HALF = /[\p{L}\p{N}’'-]$/u;
let waiting = 0;
/* Where many people type the answers come later, and everybody asks less often. */
const coachIn = (wait) => { clearTimeout(waiting); waiting = setTimeout(coach, Math.max(wait, Math.min(6 * took - 100, 2000))); };
const coachSoon = () => coachIn(120);

/* A text far too long is refused here, before it is sent anywhere; the last one that fits stays the draft. */
const long = () => words.value.length > props.longest && [...words.value].length > props.longest;
const refuse = () => {
  review = null;
  draw();
  advice.replaceChildren();
  advice.ariaBusy = "false";
  for (const node of [more, ready, rewrite, next]) node.hidden = true;  // they tell of the words before
  open(false);
  studio.unfit = "The prompt is too long; shorten it first.";
  say(`The prompt: ${[...words.value].length.toLocaleString("en")} characters. Expected at most ${props.longest.toLocaleString("en")}. Keep what moves; the still shows the rest.`);
};

/* Half a character (a torn emoji) is no text: what stands for it is the sign for "not readable", one for one. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/* A megabyte whose letters each choose their direction freezes a page for half a minute; so long a text has one. */
const direct = (length) => {
  const far = length > 2 * props.longest;
  for (const layer of [words, backdrop]) { layer.dir = far ? "ltr" : "auto"; layer.style.unicodeBidi = far ? "normal" : ""; }
};
words.addEventListener("beforeinput", (event) => direct(words.value.length + (event.data?.length || 0)));

const changed = () => {
  typed = Date.now();
  direct(words.value.length);
  if (words.value.search(HALVES) >= 0) {
    const at = words.selectionStart;
    words.value = words.value.replace(HALVES, "\ufffd");
    words.setSelectionRange(at, at);
  }
  if (long()) return refuse();
  studio.unfit = "";
  advice.ariaBusy = "true";  // until the list says all there is to say about these words
  listLater(); draw();
  set({ prompt: words.value, touched: true, ...(words.value.trim() ? {} : { dismissed: [], idea: 0 }) }, "prompt");
  coachIn(HALF.test(words.value.slice(0, words.selectionStart)) ? 400 : 120);
};
words.addEventListener("input", changed);
words.addEventListener("scroll", () => { backdrop.scrollTop = words.scrollTop; });
document.addEventListener("selectionchange", () => {
  if (document.activeElement !== words || !review || review.prompt !== words.value) return;
  const at = places(words.value), here = words.selectionStart;
  light(review.findings.findIndex((finding) => finding.spans.some((span) => at(span.start) <= here && here <= at(span.end))));
});

/* ---- the rest of the page changes ------------------------------------------------------------------------------ */

studio.on("draft", ({ changed: keys, from }) => {
  if (keys.includes("prompt") && from !== "prompt") { words.value = draft.prompt || ""; studio.unfit = ""; draw(); }
  if (keys.includes("engine")) engines.value = draft.engine;
  if (keys.some((key) => ["prompt", "seconds", "engine", "still", "side", "negative", "guidance", "end", "painted", "focus"].includes(key)) && from !== "prompt") coachSoon();
  else if (keys.includes("beats") && !draft.beats) coachSoon();  // the ring goes back to what the words aim at
  if (keys.includes("beats")) speakLater();
  if (keys.includes("previous")) hint();
});
/* A shot that goes on from a take begins where that one ended. */
const FIRST = words.placeholder;
const hint = () => { words.placeholder = draft.previous ? "What happens next? Start from where the last take ended." : FIRST; };
hint();
studio.on("retype", (text) => retype(text));
for (const [kind, label] of [["sketch", "The studio's own"], ["diffusers", "Open models"], ["hosted", "Services"]]) {
  const of = (props.engines || []).filter((engine) => engine.kind === kind);
  if (of.length) engines.append(h("optgroup", { label }, of.map((engine) => h("option", { value: engine.id }, engine.title))));
}
engines.value = draft.engine;
engines.addEventListener("change", speak);
const copied = async (node, text) => {
  const name = node.textContent;
  try { await navigator.clipboard.writeText(text); node.textContent = "Copied"; } catch {
    getSelection().selectAllChildren(node === copy ? spoken : negative); node.textContent = "Selected: press Ctrl+C";
  }
  setTimeout(() => { node.textContent = name; }, 1800);
};
const copier = (text) => h("button", { type: "button", className: "mf-link", onclick: (event) => copied(event.target, text) }, "Copy it");
copy.addEventListener("click", () => copied(copy, spoken.textContent));

words.value = draft.prompt || "";
draw();
if (draft.prompt) coach();
