const { draft, set, h } = studio;
const find = (name) => element.querySelector(name);
const lanes = find(".mf-lanes"), panel = find(".mf-panel"), follow = find(".mf-follow"), say = find(".mf-say"), whose = find(".mf-whose");
const error = find(".mf-error"), told = find(".mf-told");
const LAYERS = ["camera", "subject", "scene", "light", "audio"], SHORTEST = 0.2;
const LEVEL = { 1: "slowly", 2: "steadily", 3: "quickly" };
const moves = props.moves || [], known = (move) => moves.find(({ id }) => id === move) || { term: move || "", label: move || "", means: "", ways: {} };
const meaning = (move) => (move ? known(move).means : "");
const round = (value) => Math.round(value * 10) / 10;
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const article = (layer) => (layer === "audio" ? "an" : "a");
let beats = [], chosen = -1, drag = null, suggested = { seconds: draft.seconds, beats: [] };

const span = (beat) => `${beat.start.toFixed(1)} to ${beat.end.toFixed(1)} seconds`;
const name = (beat) => {
  const words = beat.move ? known(beat.move).ways[beat.direction]?.[0] || known(beat.move).label : beat.text || "Untitled";
  return beat.move && beat.move !== "static" && beat.level !== 2 ? `${words}, ${LEVEL[beat.level]}` : words;
};

/* Where there is little room a move says what it does, without its term; beats of one lane that begin alike ("The
   astronaut …") begin with what tells them apart. */
const lean = (beat, others) => {
  if (beat.move) return name(beat).replace(/^.* (?=→ )/, "");
  const words = name(beat).split(" ");
  const alike = (other) => { const its = name(other).split(" "); let at = 0; while (at < Math.min(words.length, its.length) - 1 && words[at] === its[at]) at++; return at; };
  return words.slice(Math.max(0, ...others.filter((other) => name(other) !== name(beat)).map(alike))).join(" ");
};

/* ---- drawing ------------------------------------------------------------------------------------------------------ */

/* Beats that overlap share a lane by lying in rows. */
const rows = (mine) => {
  const ends = [];
  return mine.map((beat) => {
    let row = ends.findIndex((end) => end <= beat.start + 1e-6);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = beat.end;
    return row;
  });
};

const place = (node, beat) => {
  node.style.left = `${(beat.start / draft.seconds) * 100}%`;
  node.style.width = `${((beat.end - beat.start) / draft.seconds) * 100}%`;
  node.setAttribute("aria-valuenow", beat.start);
  node.setAttribute("aria-valuetext", span(beat));
};

const block = (beat, index, row, short) => {
  const node = h("div", {
    className: "mf-beat", role: "slider", tabIndex: 0, "data-index": index, "data-origin": beat.origin, "data-level": beat.level,
    "aria-label": `${beat.layer}: ${name(beat).replace(" → ", ": ")}`, "aria-valuemin": 0, "aria-valuemax": draft.seconds, "aria-describedby": "mf-beat-keys",
    "aria-current": index === chosen ? "true" : null, title: [`${name(beat)}, ${span(beat)}`, meaning(beat.move)].filter(Boolean).join("\n"),
  }, h("i", { className: "mf-grip", "data-side": "start" }), h("span", {}, name(beat)), short === name(beat) ? null : h("span", { className: "mf-lean", "aria-hidden": "true" }, short), h("i", { className: "mf-grip", "data-side": "end" }));
  node.style.top = `${row * 30 + 3}px`;
  place(node, beat);
  return node;
};

const ticks = () => {
  const step = draft.seconds > 10 ? 2 : draft.seconds > 2 ? 1 : 0.5, marks = [];
  for (let at = 0; at <= draft.seconds + 1e-6; at += step) marks.push(at);
  return h("div", { className: "mf-axis", "aria-hidden": "true" }, marks.map((at) => {
    const mark = h("span", {}, `${at}`);
    mark.style.left = `${(at / draft.seconds) * 100}%`;
    return mark;
  }));
};

const paint = () => {
  const at = document.activeElement, lane = at?.closest?.(".mf-lane")?.dataset.layer;
  const held = at?.matches(".mf-beat") ? `[data-index="${at.dataset.index}"]` : at?.matches(".mf-add") ? `.mf-lane[data-layer="${lane}"] .mf-add` : "";
  const grid = h("div", { className: "mf-grid", "aria-hidden": "true" });
  grid.style.setProperty("--tick", `${100 / draft.seconds}%`);
  const body = LAYERS.map((layer) => {
    const mine = beats.map((beat, index) => [beat, index]).filter(([beat]) => beat.layer === layer);
    const all = mine.map(([beat]) => beat), at = rows(all);
    const track = h("div", { className: "mf-track", "data-layer": layer }, mine.map(([beat, index], i) => block(beat, index, at[i], lean(beat, all))));
    track.style.height = `${(Math.max(0, ...at) + 1) * 30 + 4}px`;
    const add = h("button", { type: "button", className: "mf-add", "aria-label": `Add ${article(layer)} ${layer} beat`, title: `Add ${article(layer)} ${layer} beat`, onclick: () => insert(layer) }, "+");
    return h("div", { className: "mf-lane", "data-layer": layer, "data-empty": mine.length ? null : true },
      h("span", { className: "mf-name" }, layer[0].toUpperCase() + layer.slice(1)), track, add);
  });
  const head = h("div", { className: "mf-playhead", "aria-hidden": "true", hidden: true });
  lanes.replaceChildren(h("div", { className: "mf-lane mf-scale" }, h("span", { className: "mf-name" }, "Seconds"), ticks(), h("span")), ...body,
    h("div", { className: "mf-over" }, grid, head));
  if (held) lanes.querySelector(held)?.focus({ preventScroll: true });
  say.hidden = !draft.beats;
  behind();
  whose.textContent = draft.beats ? "yours" : `follows the prompt; ${matchMedia("(pointer: coarse)").matches ? "tap a beat" : "drag or click a beat to change it"}`;
};

/* Words that came after the edit and tell something else are not in it: that is said where the clip is asked for. */
const bare = (text) => (text || "").trim().split(/\s+/).join(" ");
const telling = ({ layer, text, move, level, direction }) => JSON.stringify([layer, text, move ?? null, level, direction ?? null]);
let late = false;
const behind = () => {
  const holds = (some, others) => { const known = new Set(some.map(telling)); return others.every((beat) => beat.origin === "coach" || known.has(telling(beat))); };
  const same = holds(beats, suggested.beats) && holds(suggested.beats, beats);
  const before = late;
  late = !!draft.beats && draft.told !== null && !!bare(draft.prompt) && bare(draft.prompt) !== bare(draft.told) && !same;
  follow.hidden = !draft.beats || late;  // the same button stands beside Animate then
  if (late && !before && !panel.contains(document.activeElement)) {  // who writes on is done with the beat
    close();
    lanes.querySelector(".mf-beat[aria-current]")?.removeAttribute("aria-current");
  }
  studio.emit("behind", late);
};

/* ---- changing ----------------------------------------------------------------------------------------------------- */

const check = studio.asker((question) => server.check_timeline(question));

/* Python validates; what it gives back, in its order, is the timeline. */
const commit = async (next, focus) => {
  beats = next;
  set({ beats: next, ...(draft.beats ? {} : { told: draft.prompt || "" }) }, "timeline");
  paint();
  const answer = await check(studio.question());
  if (!answer || drag) return;  // the next release is checked in turn
  error.hidden = !answer.error;
  error.textContent = answer.error || "";
  if (answer.error) return;
  const kept = focus && answer.beats.findIndex((beat) => beat.layer === focus.layer && beat.start === focus.start && beat.end === focus.end && beat.text === focus.text);
  beats = answer.beats;
  studio.emit("aim", answer.aim);
  if (focus && kept >= 0 && chosen >= 0) chosen = kept;
  set({ beats }, "timeline");
  const typing = panel.contains(document.activeElement);
  paint();
  if (focus && kept >= 0 && !typing) lanes.querySelector(`[data-index="${kept}"]`)?.focus({ preventScroll: true });
  refresh();
  if (focus) told.textContent = `${focus.layer}, ${span(focus)}`;
};

const change = (index, changes) => {
  const beat = { ...beats[index], ...changes, origin: "user", span: null };
  return commit(beats.map((other, i) => (i === index ? beat : other)), beat);
};

const moved = (beat, side, by) => {
  const length = beat.end - beat.start;
  if (side === "start") return { start: round(clamp(beat.start + by, 0, beat.end - SHORTEST)) };
  if (side === "end") return { end: round(clamp(beat.end + by, beat.start + SHORTEST, draft.seconds)) };
  const start = round(clamp(beat.start + by, 0, draft.seconds - length));
  return { start, end: round(Math.min(start + length, draft.seconds)) };
};

const insert = (layer) => {
  const last = Math.max(0, ...beats.filter((beat) => beat.layer === layer).map((beat) => beat.end));
  const start = round(last > draft.seconds - 0.5 ? 0 : last), end = round(Math.min(start + Math.max(1, draft.seconds * 0.4), draft.seconds));
  const beat = { layer, start, end, text: "", move: layer === "camera" ? "dolly_in" : null, level: 2, direction: null, origin: "user", span: null };
  chosen = beats.length;
  commit([...beats, beat], beat).then(() => edit(chosen));
};

const remove = (index) => {
  close();
  const layer = beats[index].layer;
  commit(beats.filter((_, i) => i !== index));
  told.textContent = `${layer} beat removed`;
  (lanes.querySelector(`.mf-lane[data-layer="${layer}"] .mf-beat`) || lanes.querySelector(`.mf-lane[data-layer="${layer}"] .mf-add`))?.focus();
};

/* ---- the small panel ---------------------------------------------------------------------------------------------- */

let refresh = () => {};
const close = () => { chosen = -1; panel.hidden = true; panel.replaceChildren(); refresh = () => {}; };

/* Open the panel on a beat. After a click the focus stays on the beat, so that the arrow keys go on moving it. */
const edit = (index, quietly) => {
  const beat = beats[index];
  if (!beat) return close();
  if (quietly && index === chosen && !panel.hidden) return;
  chosen = index;
  const field = (label, control, wide) => h("label", { className: wide ? "mf-wide" : "" }, h("span", {}, label), control);
  const options = (pairs, value) => pairs.map(([id, text]) => h("option", { value: id, selected: String(id) === String(value ?? "") }, text));
  const now = () => beats[chosen];
  const text = h("input", { type: "text", maxLength: 500, value: beat.text, placeholder: "What changes, in a few words", onchange: () => change(chosen, { text: text.value }) });
  const ways = known(beat.move).ways, turns = Object.entries(ways);
  const way = h("select", { "aria-describedby": "mf-move-means", onchange: () => change(chosen, { direction: way.value || null }) },
    options([...(turns.some(([, [whole]]) => whole === known(beat.move).label) ? [] : [["", known(beat.move).label.split(" → ")[1]]]), ...turns.map(([id, [, seen]]) => [id, seen])], beat.direction));
  const level = h("select", { title: "How fast, and so how far, it goes", onchange: () => change(chosen, { level: Number(level.value) }) }, options(Object.entries(LEVEL), beat.level));
  const time = (side) => h("input", { type: "number", step: 0.1, min: 0, max: draft.seconds, value: round(beat[side]), inputMode: "decimal",
    onchange: (event) => { change(chosen, moved(now(), side, (Number(event.target.value) || 0) - now()[side])); } });
  const start = time("start"), end = time("end");
  const means = h("p", { className: "mf-means", id: "mf-move-means" }, meaning(beat.move));
  const move = h("select", { "aria-describedby": "mf-move-means", onchange: () => change(chosen, { move: move.value || null, text: move.value ? known(move.value).term : "", direction: null }).then(() => edit(chosen)) },
    options([["", "As written"], ...moves.map(({ id, label }) => [id, label])], beat.move));
  refresh = () => { if (now()) { start.value = round(now().start); end.value = round(now().end); } };
  panel.dataset.layer = beat.layer;
  panel.replaceChildren(...[
    beat.layer === "camera" ? field("Move", move) : null, turns.length ? field("Which way", way) : null, beat.move === "static" ? null : field("Pace", level), field("From", start), field("To", end),
    field("In words", text, true),
    h("div", { className: "mf-row" }, h("button", { type: "button", className: "mf-quiet", onclick: () => remove(chosen) }, "Remove"),
      h("button", { type: "submit", className: "mf-quiet" }, "Done")),
    beat.move ? means : null,
  ].filter(Boolean));
  panel.hidden = false;
  paint();
  if (!quietly) (beat.layer === "camera" ? move : text).focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
};
const leave = () => { const index = chosen; close(); paint(); lanes.querySelector(`[data-index="${index}"]`)?.focus(); };
panel.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
  event.stopPropagation();
});

/* ---- pointer: drag the body to move, an end to resize; nothing is sent before release ------------------------------ */

lanes.addEventListener("pointerdown", (event) => {
  const node = event.target.closest(".mf-beat");
  if (!node || event.button) return;
  const index = Number(node.dataset.index);
  drag = { node, index, from: event.clientX, side: event.target.dataset.side || "body", wide: node.parentElement.clientWidth, beat: beats[index], next: null };
  node.focus({ preventScroll: true });
  node.setPointerCapture(event.pointerId);
  event.preventDefault();
});
lanes.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const by = ((event.clientX - drag.from) / drag.wide) * draft.seconds;
  if (!drag.next && Math.abs(event.clientX - drag.from) < 4) return;
  drag.next = { ...drag.beat, ...moved(drag.beat, drag.side, by) };
  drag.node.classList.add("mf-dragging");
  drag.node.dataset.time = `${drag.next.start.toFixed(1)}–${drag.next.end.toFixed(1)} s`;
  place(drag.node, drag.next);
});
const drop = () => {
  if (!drag) return;
  const { index, beat, next } = drag;
  drag = null;
  if (!next) return edit(index, true);  // a click or a tap opens the beat
  if (index !== chosen) close();
  if (next.start !== beat.start || next.end !== beat.end) change(index, { start: next.start, end: next.end });
  else paint();
};
lanes.addEventListener("pointerup", drop);
lanes.addEventListener("pointercancel", () => { drag = null; paint(); });
lanes.addEventListener("dblclick", (event) => { const node = event.target.closest(".mf-beat"); if (node) edit(Number(node.dataset.index)); });
lanes.addEventListener("click", (event) => {
  const scale = event.target.closest(".mf-axis");
  if (!scale) return;
  const box = scale.getBoundingClientRect();
  studio.emit("seek", clamp((event.clientX - box.left) / box.width, 0, 1));
});
lanes.addEventListener("keydown", (event) => {
  const node = event.target.closest(".mf-beat");
  if (!node) return;
  const index = Number(node.dataset.index), step = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1 }[event.key];
  if (step && index !== chosen) close();
  if (step) change(index, moved(beats[index], event.shiftKey ? "end" : event.altKey ? "start" : "body", step));
  else if (event.key === "Enter" || event.key === " ") edit(index);
  else if (event.key === "Delete" || event.key === "Backspace") remove(index);
  else return;
  event.preventDefault();
});

/* ---- the rest of the page changes ---------------------------------------------------------------------------------- */

const followAgain = () => { close(); error.hidden = true; beats = suggested.beats; set({ beats: null }, "timeline"); paint(); };
follow.addEventListener("click", followAgain);
studio.on("follow-prompt", followAgain);
/* The person's timeline in words: the prompt then says the same beats, so the timeline follows it again. */
const ask = studio.asker((question) => server.say_timeline(question));
say.addEventListener("click", async () => {
  const answer = await ask(studio.question());
  if (!answer) return;
  error.hidden = !answer.error;
  error.textContent = answer.error || "";
  if (answer.error || !answer.prompt) return;
  close();
  set({ beats: null }, "timeline");
  studio.emit("retype", answer.prompt);
});
studio.on("review", (review) => {
  suggested = review.timeline;
  behind();
  if (draft.beats || drag) return;
  if (JSON.stringify(beats) !== JSON.stringify(suggested.beats)) close();
  beats = suggested.beats;
  paint();
});
studio.on("draft", ({ changed, from }) => {
  if (changed.includes("seconds") && draft.beats && !changed.includes("beats")) {
    beats = studio.stretched(draft.beats, axis || draft.seconds, draft.seconds);
    set({ beats }, "timeline");
  }
  if (changed.includes("seconds")) { axis = draft.seconds; close(); paint(); }
  if (changed.includes("beats") && from !== "timeline") { beats = draft.beats || suggested.beats; close(); paint(); }
});
studio.on("time", (share) => {
  const head = lanes.querySelector(".mf-playhead");
  if (!head) return;
  head.hidden = share === null;
  head.style.left = `${(share || 0) * 100}%`;
});

let axis = draft.seconds;
beats = draft.beats || [];
paint();
