const { h } = studio;
const find = (name) => element.querySelector(name);
const list = find(".mf-takes"), none = find(".mf-none"), older = find(".mf-older"), toast = find(".mf-toast"), search = find("input"), segments = find(".mf-segments");
const KINDS = [["all", "All"], ["starred", "Starred"], ["removed", "Deleted"]];
let shown = "all", takes = [], after = null, counts = {}, picked = [];

const call = (name) => async (question) => {
  let answer;
  try { answer = await server[name](question); } catch { /* as good as no answer */ }
  return answer ?? { error: studio.LOST };
};
const say = (...words) => toast.replaceChildren(...words.filter(Boolean));

/* "today 10:42", "yesterday 18:03", "12 Nov 09:15" */
const when = (made) => {
  const date = new Date(made), now = new Date();
  if (Number.isNaN(date.valueOf())) return "";
  const day = (other) => new Date(other.getFullYear(), other.getMonth(), other.getDate());
  const days = Math.round((day(now) - day(date)) / 864e5), time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const named = days === 0 ? "today" : days === 1 ? "yesterday" : date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: days > 300 ? "numeric" : undefined });
  return `${named} ${time}`;
};

/* ---- one take ----------------------------------------------------------------------------------------------------- */

const swap = (take) => { takes = takes.map((one) => (one.id === take.id ? take : one)); };
const play = (take, node) => {
  const video = studio.clip({ src: take.url, poster: take.poster || "", controls: true, loop: true, autoplay: true, "aria-label": `Take ${take.nth}: ${take.title}` });
  node.replaceWith(video);
  video.focus({ preventScroll: true });
};
const change = async (name, question, words) => {
  const answer = await call(name)(question);
  if (answer.error) return say(answer.error), null;
  if (words) say(words);
  return answer;
};
const star = async (take, node) => {
  const answer = await change("star", { take: take.id, starred: !take.starred });
  if (!answer) return;
  swap(answer.take);
  counts.starred += answer.take.starred ? 1 : -1;
  paintKinds();
  const fresh = card(answer.take);
  node.closest("li").replaceWith(fresh);
  fresh.querySelector(".mf-star").focus({ preventScroll: true });
};
const annotate = (take, node) => {
  const box = h("textarea", { rows: 2, maxLength: 2000, value: take.note, "aria-label": `Note on take ${take.nth}`, placeholder: "What is good about it, what to change" });
  let over = false;
  const keep = async (save) => {
    if (over) return;
    over = true;
    const answer = save && box.value.trim() !== take.note ? await change("annotate", { take: take.id, note: box.value }) : null;
    if (answer) swap(answer.take);
    const fresh = card(answer?.take || take);
    box.closest("li")?.replaceWith(fresh);
    fresh.querySelector(".mf-jot")?.focus({ preventScroll: true });
  };
  box.addEventListener("blur", () => keep(true));
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") keep(false); else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); keep(true); } });
  node.replaceWith(box);
  box.focus();
};
const remove = async (take) => {
  const at = takes.findIndex((one) => one.id === take.id);
  if (!await change("remove", { take: take.id })) return;
  const undo = h("button", { type: "button", className: "mf-link", onclick: () => restore(take) }, "Undo");
  await load();
  say(`Take ${take.nth} is deleted.`, " ", undo);
  undo.focus({ preventScroll: true });
  studio.emit("forget-take", take.id);
  return at;
};
const restore = async (take) => {
  if (!await change("bring_back", { take: take.id })) return;
  await load();
  say(`Take ${take.nth} is back.`);
  studio.emit("kept-take", take.id);
  list.querySelector(`[data-take="${take.id}"] button`)?.focus({ preventScroll: true });
};
const copyLink = async (take) => {
  const link = new URL(location.href);
  link.search = `?take=${take.id}`;
  try { await navigator.clipboard.writeText(link.href); say("The link is copied. It opens this take in this browser only."); } catch { say("Copy this: ", link.href); }
};
const pick = (take) => {
  picked = picked.some((one) => one.id === take.id) ? picked.filter((one) => one.id !== take.id) : [...picked, take].slice(-2);
  list.querySelectorAll("[data-take]").forEach((node) => node.querySelector(".mf-pick")?.setAttribute("aria-pressed", String(picked.some((one) => one.id === node.dataset.take))));
  if (picked.length < 2) return say(picked.length ? `Take ${take.nth} is chosen. Choose another to compare it with.` : "");
  const [a, b] = [...picked].sort((x, y) => x.nth - y.nth);
  picked = [];
  list.querySelectorAll(".mf-pick").forEach((node) => node.setAttribute("aria-pressed", "false"));
  say("");
  studio.emit("compare", { a, b });
};

const more = (take) => h("details", { className: "mf-also" }, h("summary", { "aria-label": `More for take ${take.nth}` }, "More"), h("div", {},
  !take.missing && h("button", { type: "button", className: "mf-link", onclick: () => { studio.tab("Direct"); studio.emit("extend", take); } }, "Extend"),
  h("button", { type: "button", className: "mf-link", onclick: () => studio.emit("vary", { take: take.id, count: 1 }) }, "New seed"),
  h("button", { type: "button", className: "mf-link", onclick: () => studio.emit("vary", { take: take.id, count: 4 }) }, "4 new seeds"),
  h("button", { type: "button", className: "mf-link", onclick: () => copyLink(take) }, "Copy link"),
  !take.missing && studio.link("Clip (mp4)", take.url, `${take.name}.mp4`), !take.missing && studio.link("Take (json)", take.record, `${take.name}.json`),
  h("button", { type: "button", className: "mf-link", onclick: () => remove(take) }, "Delete")));

const card = (take) => {
  const picture = take.poster ? h("img", { src: take.poster, alt: "", loading: "lazy", draggable: false }) : h("span", { className: "mf-blank" }, "No picture");
  const face = take.missing || take.removed ? h("div", { className: "mf-shot" }, picture)
    : h("button", { type: "button", className: "mf-shot", "aria-label": `Play take ${take.nth}: ${take.title}`, onclick: (event) => play(take, event.currentTarget) }, picture, h("i", { className: "mf-go-sign", "aria-hidden": "true" }));
  const note = take.removed ? (take.note && h("p", { className: "mf-jotted" }, take.note))
    : h("button", { type: "button", className: take.note ? "mf-jot mf-jotted" : "mf-jot mf-link", "aria-label": `${take.note ? `Note: ${take.note}. Change` : "Add"} the note on take ${take.nth}`, onclick: (event) => annotate(take, event.currentTarget) }, take.note || "Add a note");
  const whole = studio.finish(take, "mf-quiet");
  const acts = take.removed ? [h("button", { type: "button", className: "mf-quiet", onclick: () => restore(take) }, "Bring back")] : [
    h("button", { type: "button", className: "mf-quiet", onclick: () => studio.emit("reuse", take) }, "Use this shot"),
    ...whole,
    !take.missing && counts.all > 1 && h("button", { type: "button", className: "mf-quiet mf-pick", "aria-pressed": "false", onclick: () => pick(take) }, "Compare"),
    more(take)];
  return h("li", { className: "mf-take", "data-take": take.id }, face, h("div", { className: "mf-about" },
    h("div", { className: "mf-named" }, h("h3", {}, `Take ${take.nth}`), h("span", { className: "mf-time" }, when(take.made)),
      !take.removed && h("button", { type: "button", className: "mf-star", "aria-pressed": String(take.starred), "aria-label": `Star take ${take.nth}`, title: take.starred ? "Starred" : "Star", onclick: (event) => star(take, event.currentTarget) }, take.starred ? "★" : "☆")),
    h("p", { className: "mf-words" }, h("bdi", {}, studio.plain(take.title))),
    h("p", { className: "mf-short" }, take.short), ...studio.credit(take),
    take.changed.length ? h("p", { className: "mf-changed" }, h("span", {}, "Changed: "), h("bdi", {}, studio.plain(take.changed.join(" · ")))) : null,
    take.missing && h("p", { className: "mf-short" }, "Its clip is gone from the disk; the shot is kept and can be made again."),
    note, h("div", { className: "mf-row mf-acts" }, acts)));
};

/* ---- the list ------------------------------------------------------------------------------------------------------ */

const paintKinds = () => segments.replaceChildren(...KINDS.map(([id, name]) => h("button", {
  type: "button", "aria-pressed": String(shown === id), onclick: () => { shown = id; say(""); load().then(() => segments.querySelector('[aria-pressed="true"]').focus()); } },
  name, counts[id] === undefined ? "" : h("small", {}, String(counts[id])))),
  shown === "removed" && counts.removed ? h("button", { type: "button", className: "mf-link", onclick: emptied }, "Empty") : "");
const emptied = async () => {
  if (!confirm(`Delete ${counts.removed === 1 ? "this take" : `these ${counts.removed} takes`} for good?`)) return;
  if (await change("empty", {})) { await load(); say("They are gone for good."); }
};
const ask = studio.asker((question) => call("list_takes")(question));
const load = async (further = false) => {
  const answer = await ask({ words: search.value, shown, after: further ? after : null });
  if (!answer) return;
  if (answer.error) return say(answer.error);
  ({ after, counts } = answer);
  takes = further ? [...takes, ...answer.takes] : answer.takes;
  const fresh = answer.takes.map(card);
  if (further) { list.append(...fresh); fresh[0]?.querySelector("button")?.focus(); } else list.replaceChildren(...fresh);
  older.hidden = after === null;
  none.hidden = takes.length > 0;
  none.textContent = search.value.trim() ? "No take has these words." : { all: "Takes appear here as soon as they are made.", starred: "Star a take and it is found here.", removed: "Nothing is deleted." }[shown];
  paintKinds();
};
const later = studio.later(250, () => load());
search.addEventListener("input", later);
older.addEventListener("click", () => load(true));
/* A take that was made meanwhile joins the list, unless somebody is busy in it. */
studio.on("takes", () => { if (!list.contains(document.activeElement) || !element.offsetParent) later(); });
studio.on("toast", (words) => say(words));
paintKinds();
load();
