const { draft, set, h } = studio;
const find = (name) => element.querySelector(name);
const uses = [...element.querySelectorAll(".mf-uses button")], easel = find(".mf-easel"), board = find(".mf-board");
const picture = find(".mf-board img"), canvas = find("canvas"), tip = find(".mf-tip"), inks = find(".mf-inks"), means = find(".mf-how");
const size = find(".mf-size input"), undo = find(".mf-undo"), clear = find(".mf-clear"), error = find(".mf-error"), told = find(".mf-told");
const LONG_SIDE = 768, DEEP = 20, PAINTED = 127;
const USES = {
  motion_brush: { name: "Motion brush", means: "Paint where the scene moves. The rest of it holds still.",
    inks: [["paint", "Paint"], ["erase", "Erase"]] },
  depth_strokes: { name: "Near / far", means: "Paint what is near and what is far; a stroke fills its thing.",
    inks: [["near", "Near"], ["far", "Far"], ["erase", "Erase"]] },
};
const INK = { paint: "#fff", near: "#fff", far: "#000", erase: "#000" };
let still = null, kind = null, ink = "paint", at = [0.5, 0.5], stroke = null, held = false;

/* What is painted, one picture for each use: white or black where it is painted, transparent elsewhere; and the
   pictures before it, for Undo. */
const sheets = {};
const sheet = (name = kind) => sheets[name];
const pen = (one) => one.page.getContext("2d", { willReadFrequently: true });
const fresh = () => {
  const scale = Math.min(1, LONG_SIDE / Math.max(still.width, still.height));
  for (const name of Object.keys(USES)) {
    const page = h("canvas", { width: Math.max(1, Math.round(still.width * scale)), height: Math.max(1, Math.round(still.height * scale)) });
    sheets[name] = { page, past: [] };
  }
  canvas.width = sheets.motion_brush.page.width;
  canvas.height = sheets.motion_brush.page.height;
};

const say = (text) => { error.textContent = text || ""; error.hidden = !text; };
const keys = () => (still && draft.painted[still.key]) || {};
const hue = () => getComputedStyle(board).getPropertyValue("--paint").trim();

/* ---- drawing ------------------------------------------------------------------------------------------------------ */

/* What is painted, in the layer's hue: near in one tone, far in stripes of it, so that nothing hangs on colour alone. */
const show = () => {
  const { width, height } = canvas, view = canvas.getContext("2d", { willReadFrequently: true }), one = pen(sheet());
  view.globalCompositeOperation = "copy";
  view.fillStyle = hue();
  view.fillRect(0, 0, width, height);
  const tint = view.getImageData(0, 0, width, height), painted = one.getImageData(0, 0, width, height).data, data = tint.data;
  const step = Math.max(4, Math.round(Math.max(width, height) / 64));
  for (let index = 0; index < data.length; index += 4) {
    const place = index / 4, striped = (place % width + Math.floor(place / width)) % step < step / 2;
    data[index + 3] = painted[index + 3] * (painted[index] > PAINTED || striped ? 1 : 0.25);
  }
  view.putImageData(tint, 0, 0);
  view.globalCompositeOperation = "source-over";
};

const radius = () => (Number(size.value) / 200) * Math.max(canvas.width, canvas.height);
const point = ([x, y]) => {
  tip.style.left = `${x * 100}%`;
  tip.style.top = `${y * 100}%`;
  tip.style.width = `${(2 * radius() / canvas.width) * 100}%`;
};
const line = (from, to) => {
  const brush = pen(sheet());
  brush.globalCompositeOperation = ink === "erase" ? "destination-out" : "source-over";
  brush.strokeStyle = INK[ink];
  brush.lineWidth = 2 * radius();
  brush.lineCap = brush.lineJoin = "round";
  brush.beginPath();
  brush.moveTo(from[0] * canvas.width, from[1] * canvas.height);
  brush.lineTo(to[0] * canvas.width + 0.01, to[1] * canvas.height);
  brush.stroke();
  requestShow();
};
let showing = 0;
const requestShow = () => { showing ||= requestAnimationFrame(() => { showing = 0; if (kind) show(); }); };

const remember = () => {
  const one = sheet();
  one.past.push(pen(one).getImageData(0, 0, canvas.width, canvas.height));
  if (one.past.length > DEEP) one.past.shift();
};
const restore = () => {
  const one = sheet(), before = one.past.pop();
  if (before) pen(one).putImageData(before, 0, 0);
  requestShow();
  return !!before;
};
const wipe = () => pen(sheet()).clearRect(0, 0, canvas.width, canvas.height);
const lay = async (address, name) => {
  const image = h("img", { alt: "" });
  image.src = address;
  await image.decode();
  const brush = pen(sheet(name));
  brush.globalCompositeOperation = "source-over";
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
};

/* ---- what Python keeps -------------------------------------------------------------------------------------------- */

const hold = (owner, name, key) => {
  const { [name]: _, ...others } = draft.painted[owner] || {};
  const now = key ? { ...others, [name]: key } : others;
  const { [owner]: __, ...rest } = draft.painted;
  const kept = Object.entries(rest).slice(-11);  // a dozen stills: more would only fill the browser's storage
  set({ painted: Object.fromEntries(Object.keys(now).length ? [...kept, [owner, now]] : kept) }, "brush");
};
const askers = Object.fromEntries(Object.keys(USES).map((name) => [name, studio.asker((question) => server.paint(question))]));
const send = async () => {
  const owner = still.key, name = kind;
  buttons();
  const answer = await askers[name]({ still: owner, png: sheet().page.toDataURL("image/png") });
  if (!answer) return;  // a later stroke is on its way
  say(answer.error);
  if (answer.error) return;
  hold(owner, name, answer.key || null);
  told.textContent = answer.key ? `${Math.max(1, Math.round(answer.share * 100))} percent of the still is painted` : "Nothing is painted";
  buttons();
};

/* Bring back what was painted on this still before. */
const recall = async () => {
  const owner = still.key;
  for (const [name, key] of Object.entries(keys())) {
    if (!USES[name]) continue;
    let answer;
    try { answer = await server.painting({ key }); } catch { return; }
    if (still.key !== owner || keys()[name] !== key) return;
    if (!answer) return;
    if (answer.error) hold(owner, name, null); else await lay(answer.png, name);
    if (name === kind) show();
  }
  buttons();
};

/* ---- the bar ------------------------------------------------------------------------------------------------------- */

const buttons = () => {
  for (const button of uses) {
    const painted = !!keys()[button.dataset.kind];
    button.toggleAttribute("data-painted", painted);
    button.setAttribute("aria-label", `${USES[button.dataset.kind].name}${painted ? ", painted" : ""}`);
    button.setAttribute("aria-expanded", String(kind === button.dataset.kind));
  }
  if (!kind) return;
  undo.disabled = !sheet().past.length;
  clear.disabled = !keys()[kind] && !sheet().past.length;
  [...inks.children].forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.ink === ink)));
};
const take = (next) => {
  ink = next;
  board.dataset.ink = ink;
  buttons();
};
const open = (next) => {
  kind = kind === next ? null : next;
  easel.hidden = !kind;
  say("");
  if (kind) {
    const use = USES[kind];
    board.dataset.layer = easel.dataset.layer = kind === "motion_brush" ? "scene" : "camera";
    board.setAttribute("aria-label", `${use.name}: ${still.title}`);
    inks.replaceChildren(...use.inks.map(([name, text]) => h("button", { type: "button", className: "mf-quiet", "data-ink": name, onclick: () => take(name) },
      h("i", { className: "mf-swatch", "aria-hidden": "true" }), text)));
    take(use.inks[0][0]);
    advise();
    point(at);
    show();
  }
  buttons();
};
const leave = () => {
  const button = uses.find((one) => one.dataset.kind === kind);
  open(kind);
  button?.focus({ preventScroll: true });
};
const undone = () => { if (restore()) send(); };
uses.forEach((button) => button.addEventListener("click", () => open(button.dataset.kind)));
undo.addEventListener("click", undone);
clear.addEventListener("click", () => { remember(); wipe(); requestShow(); send(); });
find(".mf-done").addEventListener("click", leave);
size.addEventListener("input", () => point(at));

/* ---- painting with the pointer --------------------------------------------------------------------------------------- */

const within = (value) => Math.max(0, Math.min(1, value));
const where = (event) => {
  const box = canvas.getBoundingClientRect();
  return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
};
const begin = (place) => { remember(); stroke = place; line(place, place); };
const finish = () => { if (!stroke) return; stroke = null; send(); };
board.addEventListener("pointerdown", (event) => {
  if (event.button || !event.isPrimary) return;
  event.preventDefault();
  board.focus({ preventScroll: true });
  at = where(event);
  point(at);
  board.setPointerCapture(event.pointerId);
  begin(at);
});
board.addEventListener("pointermove", (event) => {
  if (!event.isPrimary) return;
  const path = stroke && event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event];
  for (const step of path) {
    at = where(step);
    if (stroke && !held) { line(stroke, at); stroke = at; }
  }
  tip.hidden = event.pointerType === "touch";
  point(at);
});
board.addEventListener("pointerup", finish);
board.addEventListener("pointercancel", () => { if (stroke) { stroke = null; restore(); buttons(); } });  // two fingers zoom
board.addEventListener("pointerleave", () => { tip.hidden = document.activeElement !== board || !board.matches(":focus-visible"); });

/* ---- and with the keyboard -------------------------------------------------------------------------------------------- */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
board.addEventListener("focus", () => { if (board.matches(":focus-visible")) { tip.hidden = false; point(at); } });
board.addEventListener("blur", () => { held = false; finish(); tip.hidden = true; });
board.addEventListener("keydown", (event) => {
  const key = event.key;
  if (ARROWS[key]) {
    const reach = event.shiftKey ? 0.005 : 0.02, [dx, dy] = ARROWS[key];
    const next = [within(at[0] + dx * reach), within(at[1] + dy * reach * canvas.width / canvas.height)];
    if (stroke) { line(stroke, next); stroke = next; }
    at = next;
    tip.hidden = false;
    point(at);
  } else if (key === " " || key === "Enter") {
    if (event.repeat || stroke) return event.preventDefault();
    tip.hidden = false;
    held = true;
    begin(at);
  } else if (key === "[" || key === "]") {
    size.value = Number(size.value) + (key === "[" ? -1 : 1);
    point(at);
  } else if (key.toLowerCase() === "x") {
    const names = USES[kind].inks.map(([name]) => name);
    take(names[(names.indexOf(ink) + 1) % names.length]);
    told.textContent = `Brush: ${USES[kind].inks.find(([name]) => name === ink)[1]}`;
  } else if (key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) undone();
  else if (key === "Escape") leave();
  else return;
  event.preventDefault();
});
board.addEventListener("keyup", (event) => { if (held && (event.key === " " || event.key === "Enter")) { held = false; finish(); } });

/* ---- the rest of the page changes ------------------------------------------------------------------------------------- */

/* A brush says where, not what: without a beat it has nothing to move. */
let suggested = [];
const advise = () => {
  if (!kind) return;
  const idle = kind === "motion_brush" && !(draft.beats || suggested).some((beat) => ["scene", "subject"].includes(beat.layer));
  means.textContent = USES[kind].means + (idle ? " Nothing of it moves yet: say in the prompt what does, or add a scene beat." : "");
};
studio.on("review", (review) => { suggested = review.timeline?.beats || []; advise(); });
studio.on("still", (next) => {
  const same = still?.key === next.key;
  still = next;
  find(".mf-brush").hidden = false;
  if (same) return;
  picture.src = still.url;
  board.style.setProperty("--ratio", (still.width / still.height).toFixed(4));
  fresh();
  if (kind) { board.setAttribute("aria-label", `${USES[kind].name}: ${still.title}`); show(); point(at); }
  buttons();
  recall();
});
studio.on("draft", ({ changed, from }) => {
  if (changed.includes("beats")) advise();
  if (!changed.includes("painted") || from === "brush" || !still) return;
  fresh();  // a take's own painting was taken up again
  if (kind) show();
  buttons();
  recall();
});
size.value = 6;
find(".mf-brush").hidden = true;
