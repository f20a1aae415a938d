const { draft, set, h, seconds } = studio;
const find = (name) => element.querySelector(name);
const length = find("input[type=range]"), shown = find("output"), engine = find(".mf-engine"), side = find(".mf-side");
const fps = find(".mf-fps"), seed = find(".mf-seed"), depth = find(".mf-depth"), go = find(".mf-animate"), stop = find(".mf-cancel"), plan = find(".mf-plan");
const about = h("p", {}), notes = find(".mf-plan-notes"), loop = find(".mf-loops input"), rough = find(".mf-rough input");
const many = find(".mf-count"), queued = find(".mf-queued");
let terms = null, estimate = 0, busy = false, stopping = false, live = 0, count = 1;

const end = find(".mf-end"), distilled = find(".mf-distilled"), unwanted = find(".mf-unwanted"), guidance = find(".mf-guidance");
const engines = props.engines || [], profile = () => engines.find((one) => one.id === draft.engine) || engines[0];
studio.engine = profile;
/* An engine that does not run here is coached and spoken to; the clip itself is then the studio's own preview. */
const runs = () => ({ ...studio.question(), ...(profile().ready ? {} : { engine: "sketch", fps: null }) });
const option = (value, text, chosen, off) => h("option", { value, selected: chosen, disabled: off }, text);

/* What the one button does now. */
const name = () => {
  const does = studio.editing ? "Replace" : busy || live ? "Add to queue" : profile().ready ? "Animate" : "Preview";
  go.textContent = count > 1 && !studio.editing ? `${does} × ${count}` : does;
};
const paint = () => {
  const { least, most, rates } = profile();
  length.min = Math.ceil(least * 2) / 2 || 0.5;
  length.max = Math.min(most, props.longest);
  length.value = draft.seconds;
  shown.textContent = seconds(draft.seconds);
  length.setAttribute("aria-valuetext", `${draft.seconds} seconds`);
  fps.replaceChildren(option("", `Engine's own (${rates[0]})`, !draft.fps), ...[...rates].sort((a, b) => a - b).map((rate) => option(rate, rate, draft.fps === rate)));
  engine.title = about.textContent = profile().summary;
  side.value = draft.side;
  seed.value = draft.seed;
  depth.value = draft.depth_seed;
  loop.checked = draft.loop;
  rough.checked = draft.draft;
  name();
  signals();
};

/* Files that say more than words: a slot for each kind that this engine takes, and what was brought. */
const KINDS = { reference: ["Reference", "image/*"], motion_video: ["Motion video", "video/*"], pose_video: ["Pose video", "video/*"], face_video: ["Face video", "video/*"] };
const given = find(".mf-given"), trouble = h("p", { className: "mf-error", role: "alert", hidden: true });
let bringing = "";
const complain = (text) => { trouble.textContent = text || ""; trouble.hidden = !text; };
const bring = async (kind, file) => {
  bringing = kind; complain(""); slots();
  let answer;
  try {
    answer = await studio.send(file);
    if (answer.upload) answer = await server.bring({ kind, upload: answer.upload, name: file.name.slice(0, 120) });
  } catch (problem) { answer = { error: `${file.name} could not be sent. Try once more.` }; }
  bringing = "";
  answer ??= { error: studio.LOST };
  if (answer.error) { complain(answer.error); return slots(); }
  const word = (answer.title.match(/[A-Za-z][A-Za-z0-9_-]{0,39}/) || [""])[0].toLowerCase();
  set({ given: [...draft.given, { ...answer, name: kind === "reference" ? word : "" }] }, "actions");
};
studio.on("bring", async ({ kind, files }) => {
  const most = profile().takes?.[kind] || 0, room = most - draft.given.filter((one) => one.kind === kind).length;
  for (const file of files.slice(0, room)) await bring(kind, file);
  if (files.length > room && trouble.hidden) complain(`${files.length - room === 1 ? `${files.at(-1).name} was` : `${files.length - room} files were`} not taken: ${profile().title} takes ${most} at most here.`);
});
const slot = (kind, most) => {
  const [title, accept] = KINDS[kind], mine = draft.given.filter((one) => one.kind === kind);
  const row = (one) => h("span", { className: "mf-row mf-brought" },
    kind === "reference" ? h("label", {}, h("span", {}, "@"), h("input", { type: "text", value: one.name, maxLength: 40, placeholder: "name", "aria-label": `Name of ${one.title} in the prompt`, onchange: (event) => {
      const name = (event.target.value.match(/[A-Za-z][A-Za-z0-9_-]{0,39}/) || [""])[0];
      set({ given: draft.given.map((other) => (other === one ? { ...one, name } : other)) }, "actions");
    } })) : null,
    h("bdi", {}, studio.plain(one.title)),
    h("button", { type: "button", className: "mf-link", "aria-label": `Take out ${one.title}`, onclick: () => set({ given: draft.given.filter((other) => other !== one) }, "actions") }, "Take out"));
  const input = h("input", { type: "file", accept, className: "mf-file", "aria-label": `Choose a ${title.toLowerCase()}`, onchange: () => { if (input.files[0]) bring(kind, input.files[0]); } });
  return h("div", { className: "mf-slot", role: "group", "aria-label": title, "data-brings": kind }, h("span", {}, title), ...mine.map(row),
    mine.length < most ? h("label", { className: "mf-drop mf-small" }, input, h("span", {}, bringing === kind ? "Checking…" : "Choose a file")) : null);
};
const slots = () => {
  const takes = Object.entries(profile().takes || {});
  given.hidden = !takes.length;
  given.replaceChildren(...takes.map(([kind, most]) => slot(kind, most)), trouble);
};

/* Stronger signals than words: shown only where the engine takes them. */
const signals = () => {
  const { negative, guidance: scale, end: ends, distilled: ways } = profile();
  distilled.hidden = !ways.length;
  distilled.lastChild.replaceChildren(...ways.map(([value, text]) => option(value, text, value === draft.distilled)));
  unwanted.hidden = !negative; guidance.hidden = scale === null; end.hidden = !ends;
  unwanted.lastChild.value = draft.negative || "";
  guidance.lastChild.value = draft.guidance ?? "";
  guidance.lastChild.placeholder = scale ?? "";
  const stills = [...draft.mine, ...(props.stills || [])];
  slots();
  end.lastChild.replaceChildren(option("", "None", !draft.end), ...stills.map((still) => option(still.key, still.title, still.key === draft.end)));
};
unwanted.lastChild.addEventListener("change", () => set({ negative: unwanted.lastChild.value.trim() || null }, "actions"));
guidance.lastChild.addEventListener("change", () => {
  const given = guidance.lastChild.value;
  set({ guidance: given === "" ? null : Math.max(0, Math.min(100, Number(given) || 0)) }, "actions");
  guidance.lastChild.value = draft.guidance ?? "";
});
distilled.lastChild.addEventListener("change", () => set({ distilled: distilled.lastChild.value }, "actions"));
end.lastChild.addEventListener("change", () => set({ end: end.lastChild.value || null }, "actions"));

many.append(...[1, 2, 4, 8].map((number) => option(number, number === 1 ? "1" : `${number}, a seed each`, number === 1)));
many.addEventListener("change", () => { count = Number(many.value); name(); });
const group = (label, of) => { if (of.length) engine.append(h("optgroup", { label }, of.map((one) => option(one.id, one.title, one.id === draft.engine)))); };
group("Runs here", engines.filter((one) => one.ready && !one.slow));
group("Runs here, slowly: no GPU", engines.filter((one) => one.ready && one.slow));
find(".mf-others").append(about);
const asleep = engines.filter((one) => !one.ready);
if (asleep.length) {
  group("Will not run here: prompt only", asleep);
  const reasons = [...new Set(asleep.map((one) => one.reason))];
  find(".mf-others").append(h("details", {}, h("summary", {}, `${asleep.length} engines that cannot run here`),
    reasons.map((reason) => h("p", {}, h("b", {}, asleep.filter((one) => one.reason === reason).map((one) => one.title).join(", ")), `: ${reason.replace(/\.?$/, ".")}`)),
    h("p", {}, "The coach reads for each of them and the studio writes its prompt: choose it, open “What the engine reads”, copy.")));
}
/* What each engine would take of this computer for the shot as it stands; looked up when somebody opens it. */
const sought = h("input", { type: "text", placeholder: "Search the engines", "aria-label": "Search the engines", hidden: true }), told = h("div", {});
const which = h("details", { className: "mf-which" }, h("summary", {}, "What each engine would take here"), sought, told);
const STATES = { runs: "Run here", slowly: "Run here, slowly", "not here": "Will not run here" };
const seek = () => {
  const wanted = sought.value.toLowerCase().split(/\s+/).filter(Boolean);
  told.querySelectorAll("li").forEach((node) => { node.hidden = !wanted.every((word) => node.textContent.toLowerCase().includes(word)); });
  told.querySelectorAll("section").forEach((node) => { node.hidden = !node.querySelector("li:not([hidden])"); });
};
sought.addEventListener("input", seek);
const weigh = studio.asker((question) => server.weigh(question));
const weighed = async () => {
  if (!which.open) return;
  const answer = draft.still ? await weigh(studio.question()) : { error: "Choose a still first." };
  if (!answer) return;
  sought.hidden = !!answer.error;
  if (answer.error) return told.replaceChildren(h("p", {}, answer.error));
  told.replaceChildren(...Object.entries(STATES).map(([state, name]) => [name, state, answer.rows.filter((row) => row.state === state)]).filter(([, , rows]) => rows.length)
    .map(([name, state, rows]) => h("section", { "aria-label": name }, h("h3", { className: "mf-state", "data-state": state }, name, h("small", {}, ` ${rows.length}`)),
      h("ul", {}, rows.map((row) => h("li", {}, h("b", {}, row.title), h("span", {}, row.words)))))));
  seek();
};
which.addEventListener("toggle", weighed);
find(".mf-others").append(which);
side.append(...props.sides.map((pixels) => option(pixels, `${pixels} px`, pixels === draft.side)));

const NO_STILL = "Choose a still first.";
const ask = studio.asker((question) => server.plan(question));
const look = studio.later(250, async () => {
  if (!draft.still) { if (!studio.opening) plan.textContent = NO_STILL; return; }  // the first is on its way
  if (plan.textContent === NO_STILL) plan.textContent = "";
  const answer = await ask(runs());
  if (!answer) return;
  if (answer.wait) setTimeout(look, answer.wait * 1000);
  estimate = answer.estimate || 0;
  terms = answer.terms || null;
  if (waits) return;  // what is told there holds until the picture is
  plan.classList.toggle("mf-bad", !!answer.error);
  const words = answer.error || (profile().ready ? "" : `${profile().title} does not run here: copy its prompt. Sketch previews the timing · `) + answer.words;
  if (plan.textContent !== words) plan.textContent = words;
  foretold = answer.notes || [];
  note();
});
/* What stands beside the take that is looked at is not said here a second time. */
let foretold = [], beside = [];
const note = () => {
  const lines = foretold.filter((line) => !beside.includes(line)), said = JSON.stringify(lines);
  if (notes.dataset.said !== said) { notes.dataset.said = said; notes.replaceChildren(...studio.notes(lines, 2)); }
};
studio.on("noted", (lines) => { beside = lines; note(); });

length.addEventListener("input", () => { shown.textContent = seconds(Number(length.value)); set({ seconds: Number(length.value) }, "actions"); });
engine.addEventListener("change", () => {
  const { least, most } = engines.find((one) => one.id === engine.value);
  terms = null;
  set({ engine: engine.value, fps: null, seconds: Math.max(least, Math.min(draft.seconds, most, props.longest)) }, "actions");
  paint();
});
side.addEventListener("change", () => set({ side: Number(side.value) }, "actions"));
fps.addEventListener("change", () => set({ fps: Number(fps.value) || null }, "actions"));
seed.addEventListener("change", () => { set({ seed: Math.max(0, Math.min(4294967295, Math.round(Number(seed.value)) || 0)) }, "actions"); seed.value = draft.seed; });
depth.addEventListener("change", () => { set({ depth_seed: Math.max(0, Math.min(4294967295, Math.round(Number(depth.value)) || 0)) }, "actions"); depth.value = draft.depth_seed; });
find(".mf-reroll").addEventListener("click", () => set({ depth_seed: 1 + Math.floor(Math.random() * 1e6) }, "actions"));
loop.addEventListener("change", () => set({ loop: loop.checked }, "actions"));
rough.addEventListener("change", () => set({ draft: rough.checked }, "actions"));
find(".mf-dice").addEventListener("click", () => { set({ seed: Math.floor(Math.random() * 1e6) }, "actions"); seed.value = draft.seed; });

const hold = () => { busy = true; stopping = false; stop.hidden = false; name(); };
const rest = () => {
  const held = document.activeElement === stop;
  busy = false; stopping = false; stop.hidden = true; name();
  if (held) go.focus({ preventScroll: true });
  look();
};
/* Behind what is being made. */
const enqueue = async () => {
  go.disabled = true;
  let answer;
  try { answer = await server.enqueue({ ...runs(), takes: count }); } catch { /* as good as no answer */ }
  go.disabled = false;
  plan.classList.toggle("mf-bad", !answer || !!answer.error);
  plan.textContent = answer?.error || (answer ? `${answer.queued === 1 ? "Added" : `${answer.queued} added`} to the queue.` : studio.LOST);
  if (answer?.live) studio.emit("queue", answer.live);
  studio.emit("queued");
};
studio.on("queue", (count) => {
  live = count;
  queued.hidden = !live || (busy && live === 1);
  queued.textContent = `${live} in the queue`;
  name();
});
queued.addEventListener("click", () => studio.tab("Takes"));
studio.on("editing", name);
const behind = find(".mf-behind");
studio.on("behind", (late) => {
  const held = behind.contains(document.activeElement);
  behind.hidden = !late;
  if (held && !late) go.focus({ preventScroll: true });
});
behind.querySelector("button").addEventListener("click", () => studio.emit("follow-prompt"));
const tell = (words) => { plan.classList.add("mf-bad"); plan.textContent = words; };
find(".mf-to-reel").addEventListener("click", () => {
  if (studio.unfit || studio.opening || !draft.still) return tell(studio.unfit || (studio.opening ? "Your picture is being opened; a moment." : NO_STILL));
  if (studio.reel.add(studio.reel.current())) studio.tab("Reel");
  else tell(`A reel holds at most ${studio.reel.most} shots.`);
});
/* A prompt of several shots becomes a reel: the first opens on the still, each other one where the last one ended. */
studio.on("split-reel", async () => {
  const whole = studio.reel.current();
  let answer;
  try { answer = await server.split(whole.draft); } catch { /* as good as no answer */ }
  if (!answer || answer.error) return tell(answer?.error || studio.LOST);
  const [first, ...others] = answer.prompts.slice(0, studio.reel.most);
  const opening = { ...whole, draft: { ...whole.draft, prompt: first || "", beats: null } };
  studio.reel.set({ shots: [opening, ...others.map((prompt) => studio.reel.onwards(opening, prompt))] });
  studio.tab("Reel");
});
const press = () => {
  if (studio.editing) return studio.emit("replace", runs());
  if (busy || live) return enqueue();
  const held = document.activeElement === go;
  hold();
  if (held) stop.focus({ preventScroll: true });  // the keyboard stays where the work is
  studio.emit("begin", estimate);
  trigger("animate", { ...runs(), takes: count });
  reach();
};
/* A double click is one: its second half neither queues the shot once more nor cancels it. */
const TWICE = 350;  // ms
let pressed = -TWICE;
/* What is not on this computer yet comes under terms: they are read first. */
go.addEventListener("click", (event) => {
  if (event.detail > 1) return;
  pressed = event.timeStamp;
  if (studio.unfit) return tell(studio.unfit);  // not the words that stood there before
  if (studio.opening) { waits = true; return tell("Your picture is being opened; the shot is made of it as soon as it is there."); }
  if (terms) studio.emit("terms", { terms, then: () => { terms = null; press(); } });
  else press();
});
/* Asked for while a picture was on its way: it is meant to be of that picture. */
let waits = false;
studio.on("opened", (there) => { if (waits && there) go.click(); else if (waits) look(); waits = false; });
/* Whether anybody is there: the page must not wait for ever. */
const reach = () => server.plan(runs()).catch(() => null).then((answer) => { if (!answer && busy) studio.emit("lost"); });
const cancel = () => { if (stopping && studio.job) trigger("cancel", { job: studio.job }); };
stop.addEventListener("click", (event) => {
  if (event.timeStamp - pressed < TWICE) return;
  stopping = true;
  studio.emit("stop");
  cancel();  // at once, or as soon as the page knows which job it is
  reach();
});
studio.on("job", cancel);
studio.on("resume", hold);
studio.on("idle", rest);
studio.on("draft", ({ changed }) => {
  if (changed.some((key) => ["seconds", "engine", "side", "fps", "seed", "depth_seed", "loop", "draft"].includes(key))) paint();
  else if (changed.some((key) => ["mine", "end", "negative", "guidance", "given"].includes(key))) signals();
  if (changed.some((key) => ["still", "seconds", "engine", "side", "fps", "beats", "loop", "draft", "painted", "previous", "given", "end"].includes(key))) look();
});
const weighAgain = studio.later(600, weighed);
studio.on("draft", ({ changed }) => { if (changed.some((key) => ["still", "seconds", "side", "fps"].includes(key))) weighAgain(); });
studio.on("review", look);

/* How much of the bar always stays in view, and how much of it may lie below the edge. */
const under = find(".mf-under"), dock = find(".mf-dock"), more = find(".mf-more"), page = document.documentElement.style;
const measured = new ResizeObserver(() => {
  const whole = find(".mf-actions").getBoundingClientRect(), below = Math.max(0, whole.bottom - under.getBoundingClientRect().bottom - 6);
  page.setProperty("--below", `${below}px`);
  page.setProperty("--bar", `${more.open ? 0 : whole.height - below}px`);
  if (dock.offsetHeight) page.setProperty("--dock", `${dock.offsetHeight}px`);  // on a narrow screen; elsewhere it has no box
});
measured.observe(find(".mf-actions"));
measured.observe(dock);

const caps = find(".mf-caps");
caps.textContent = props.caps || "";
caps.hidden = !props.caps;
length.title = props.caps || "";
if (draft.seconds > props.longest) set({ seconds: props.longest }, "actions");
if (profile().id !== draft.engine) set({ engine: profile().id }, "actions");
if (!props.sides.includes(draft.side)) set({ side: props.sides[Math.min(1, props.sides.length - 1)] }, "actions");
paint();
look();
