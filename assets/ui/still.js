const { draft, set, h } = studio;
const shelf = element.querySelector(".mf-shelf"), facts = element.querySelector(".mf-facts"), error = element.querySelector(".mf-error");
const beside = element.querySelector(".mf-beside"), goes = element.querySelector(".mf-goes"), opens = element.querySelector(".mf-opening");
const rows = element.querySelector(".mf-rows"), read = element.querySelector(".mf-read");
const examples = props.examples || [];
let busy = false;

/* How many pictures are on their way: nothing is made of the one before meanwhile. */
let coming = 0;
const wait = (by) => { coming += by; studio.opening = coming > 0; if (!coming) studio.coming = null; };

const say = (text) => { error.textContent = text || ""; error.hidden = !text; if (text) opens.hidden = true; };

const input = h("input", { type: "file", accept: "image/*,video/mp4,.json", className: "mf-file", "aria-label": "Choose a picture, or a take to open again",
  onchange: () => { given([...input.files]); input.value = ""; } });

/* One picture on the shelf. */
const card = (still) => h("button", {
  type: "button", className: "mf-thumb", title: still.title, "aria-label": still.alt || still.title,
  "aria-pressed": String(draft.still === still.key), onclick: () => { beside.hidden = true; choose(still.key); },
}, h("img", { src: still.thumb || still.url, alt: "", loading: "lazy", draggable: false }));

const paint = () => {
  const add = h("label", { className: "mf-drop" }, input, h("span", { className: "mf-plus", "aria-hidden": "true" }, "+"),
    h("span", {}, busy ? "Opening…" : "Drop, paste or choose"));
  shelf.replaceChildren(add, ...draft.mine.map(card), ...examples.map(card));
  fade();
};

/* Show a still everywhere. While the person has written nothing, an example brings its own words along, and a picture
   of their own starts with none. What was typed since the still was asked for (`said` stood there then) is never lost. */
const show = (still, said = draft.prompt) => {
  say("");
  const example = examples.find((other) => other.key === still.key);
  const same = draft.still === still.key, free = draft.prompt === said && (!draft.touched || !(draft.prompt || "").trim());
  const words = !free || same && draft.prompt !== null ? {} : { prompt: example ? example.prompt : "", touched: false, beats: null, dismissed: [], idea: 0 };
  const before = draft.mine.find((other) => other.key === still.key)?.previous || null;
  set({ still: still.key, previous: same ? draft.previous : before, focus: same ? draft.focus : null, ...(same ? {} : { first_frame: "", end: null }), ...words }, "still");
  facts.textContent = studio.plain(still.facts);
  tell(still.rows || []);
  studio.still = still;
  studio.emit("still", still);
  paint();
  goesOn();
};

/* Go on from a take: its last frame is the still, its clip comes before, and the words start anew. */
const goesOn = () => {
  goes.hidden = !draft.previous;
  goes.replaceChildren(h("span", {}, "This shot goes on from a take."),
    h("button", { type: "button", className: "mf-link", onclick: () => {
      set({ previous: null, mine: draft.mine.map((one) => (one.key === draft.still ? { ...one, previous: null } : one)) }, "still");
      goesOn();
    } }, "Start fresh"));
};
const extend = async (take) => {
  if (!opens.hidden) return;  // it is on its way
  const { prompt, touched, beats, dismissed, idea } = draft;
  set({ prompt: "", touched: false, beats: null, dismissed: [], idea: 0 }, "still");  // at once: what is typed from here on stays
  document.querySelector("#mf-words")?.focus();
  say("");
  goes.hidden = true;
  wait(1);
  opens.hidden = false;
  opens.textContent = "Opening the take’s last frame …";
  const answer = await ask({ extend: take.id, name: `After “${take.title.slice(0, 60)}”` });
  opens.hidden = true;
  wait(-1);
  if (!answer || answer.error) {
    studio.emit("opened", false);
    goesOn();
    if (!draft.prompt) set({ prompt, touched, beats, dismissed, idea }, "still");
    return answer && say(answer.error);
  }
  set({ mine: [answer, ...draft.mine.filter((still) => still.key !== answer.key)].slice(0, 6), still: answer.key, previous: answer.previous,
    loop: false, focus: answer.focus, end: null, first_frame: "" }, "still");
  show(answer);
  studio.emit("opened", true);
};
studio.on("extend", extend);

/* The facts read off the picture, one line each; pointing at one shows its places on the stage. */
const tell = (told) => {
  read.hidden = !told.length;
  rows.replaceChildren(...told.map((row) => {
    const on = () => studio.emit("boxes", row.boxes), off = () => studio.emit("boxes", []);
    const events = row.boxes.length ? { tabIndex: 0, className: "mf-placed", onmouseenter: on, onmouseleave: off, onfocus: on, onblur: off } : {};
    return h("div", events, h("dt", {}, row.name), h("dd", {}, h("bdi", {}, studio.plain(row.text))));
  }));
};
read.addEventListener("click", () => { rows.hidden = !rows.hidden; read.setAttribute("aria-expanded", String(!rows.hidden)); });

const ask = studio.asker((question) => server.open_still(question));
const choose = async (key, quiet) => {
  const said = draft.prompt;
  wait(1);
  studio.coming = [...draft.mine, ...examples].find((still) => still.key === key) || null;
  studio.emit("coming", studio.coming);
  const answer = await ask({ key });
  wait(-1);
  if (!answer) return;  // another was chosen meanwhile
  if (!answer.error) { show(answer, said); return studio.emit("opened", true); }
  studio.emit("opened", false);
  if (quiet) return examples.length ? choose(examples[0].key) : set({ still: null }, "still");
  say(answer.error);
};

/* A picture becomes the still; a clip of the studio, or the record beside it, brings its shot back. One file is taken;
   what came with it is named, and where it may go. */
const isShot = (file) => /^video\/|json$/.test(file.type) || /\.(mp4|mov|m4v|mkv|webm|json)$/i.test(file.name);
const given = (files) => {
  const file = files.find((one) => !isShot(one) && (one.type.startsWith("image/") || !one.type)) || files[0];
  left(file, files.length - 1);
  if (file) isShot(file) ? studio.emit("reopen-file", file) : take(file);
};
const left = (file, others) => {
  beside.hidden = !others || !file;
  if (beside.hidden) return;
  const { takes = {}, end } = studio.engine?.() || {}, ways = [takes.reference && (others === 1 ? "bring it as a reference, under More" : "bring them as references, under More"), end && `drop ${others === 1 ? "it" : "one"} by itself and choose it as the end frame, under More`].filter(Boolean);
  beside.textContent = studio.plain(`${file.name} is ${isShot(file) ? "opened" : "the still"}; the other ${others === 1 ? "file was" : `${others} were`} not taken: ${ways.join(", or ") || `drop ${others === 1 ? "it" : "one"} by itself to use it instead`}.`);
};
let next = null;
const take = async (file) => {
  if (busy) { next = file; return; }  // the last one that was given is the one that is meant
  const weight = file.size / 1e6;
  if (weight > props.most) return say(`${file.name}: ${weight.toFixed(0)} MB. Expected at most ${props.most} MB. Choose a smaller picture.`);
  busy = true; paint(); say("");
  wait(1);
  let answer;
  try {
    answer = await studio.send(file);
    if (answer.upload) answer = await server.open_still({ upload: answer.upload, name: file.name });
  } catch (problem) {
    answer = { error: `${file.name} could not be sent. Try once more.` };
  }
  busy = false; wait(-1);
  if (next) { const then = next; next = null; return take(then); }
  answer ??= { error: studio.LOST };
  if (answer.error) { beside.hidden = true; paint(); say(answer.error); return studio.emit("opened", false); }
  set({ mine: [answer, ...draft.mine.filter((still) => still.key !== answer.key)].slice(0, 6) }, "still");
  show(answer);
  studio.emit("opened", true);
};

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (![...(event.dataTransfer?.types || [])].includes("Files")) return;
    event.preventDefault();
    shelf.classList.toggle("mf-over", name === "dragover" && !event.target.closest?.("[data-brings]"));
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    const slot = event.target.closest?.("[data-brings]"), files = [...event.dataTransfer.files];
    if (slot) return studio.emit("bring", { kind: slot.dataset.brings, files });  // a reference, a motion video
    if (!isShot(files[0])) studio.tab("Direct");  // where it is seen
    given(files);
  });
}
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files || [])].filter((one) => one.type.startsWith("image/"));
  if (files.length) { event.preventDefault(); given(files); }
});
studio.on("choose-still", (key) => choose(key));

/* The shelf fades out on the right while there is more to scroll to. */
const fade = () => shelf.toggleAttribute("data-more", shelf.scrollLeft + shelf.clientWidth < shelf.scrollWidth - 8);
shelf.addEventListener("scroll", fade, { passive: true });
new ResizeObserver(fade).observe(shelf);

studio.on("draft", ({ changed, from }) => { if (changed.includes("mine") && from === "another tab") paint(); });
paint();
const first = draft.still || examples[0]?.key;
if (first) choose(first, true);
