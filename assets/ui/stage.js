const { draft, set, h, seconds } = studio;
const find = (name) => element.querySelector(name);
const frame = find(".mf-frame"), picture = find(".mf-picture"), ring = find(".mf-focus"), failure = find(".mf-card");
const progress = find(".mf-progress"), caption = find(".mf-caption"), strip = find(".mf-strip"), told = find(".mf-told");
const STAGES = ["encode", "plan", "condition", "denoise", "decode"];
const PLAIN = { encode: "take in the still", plan: "lay out the frames", condition: "heed words and timeline", denoise: "work the motion out", decode: "make pictures of it" };
let still = null, takes = [], shown = null, stopping = false, silence = 0, expected = 0, following = false, quiet = false;

const touch = () => matchMedia("(pointer: coarse)").matches;
const shape = (width, height) => frame.style.setProperty("--ratio", (width / height).toFixed(4));

/* ---- the still, and the point that the camera moves towards ------------------------------------------------------ */

/* Where the engine will aim: where the person placed it, else what the words name, else what the still shows. */
let aimed = null;
const place = () => draft.focus || (aimed?.still === still?.key && aimed?.at) || still?.focus || [0.5, 0.5];
const ringAt = () => {
  const [x, y] = place();
  ring.style.left = `${x * 100}%`;
  ring.style.top = `${y * 100}%`;
  if (ring.hidden || shown || (caption.firstChild && !caption.querySelector(".mf-aimed"))) return;  // what stands there is news
  const own = draft.focus && JSON.stringify(draft.focus) !== JSON.stringify(still.focus);  // not where the clip before left it
  const words = (aimed?.still === still.key && aimed.words) || "The ring is what the camera moves towards.";
  const does = touch() ? "Tap" : "Click", said = words.endsWith("?") ? `${words} If not, ${does.toLowerCase()} it on the still.` : own ? words : `${words} ${does} the still to place it.`;
  const back = own && h("button", { type: "button", className: "mf-link", onclick: () => { set({ focus: null }, "stage"); ring.focus({ preventScroll: true }); } }, "Put it back");
  if (caption.dataset.said === said + !!back && caption.firstChild) return;
  caption.dataset.said = said + !!back;
  caption.replaceChildren(h("span", { className: "mf-aimed" }, said), ...(back ? [back] : []));
};
studio.on("aim", (given) => { aimed = given || aimed; ringAt(); });
const aim = (x, y) => {
  const within = (value) => Math.round(Math.max(0, Math.min(1, value)) * 1000) / 1000;
  set({ focus: [within(x), within(y)] }, "stage");
  ringAt();
};
const showStill = () => {
  shown = null; asked++;
  failure.hidden = true;
  progress.hidden = true;
  ring.hidden = !still;
  studio.emit("time", null);
  studio.emit("noted", []);
  if (!still) {
    picture.replaceChildren(h("p", { className: "mf-empty" }, "Choose a still to begin."));
    return caption.replaceChildren();
  }
  shape(still.width, still.height);
  picture.replaceChildren(h("img", { src: still.url, alt: still.alt || still.title, draggable: false, onclick: (event) => {
    const box = event.target.getBoundingClientRect();
    aim((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  } }));
  caption.replaceChildren();
  ringAt();
  mark();
};
ring.addEventListener("keydown", (event) => {
  const [dx, dy] = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] }[event.key] || [];
  if (dx === undefined) return;
  const [x, y] = place();
  aim(x + dx, y + dy);
  event.preventDefault();
});

/* Where on the still a finding or a fact is. */
studio.on("boxes", (given) => {
  const boxes = shown || frame.classList.contains("mf-working") ? [] : given;
  frame.toggleAttribute("data-boxes", boxes.length > 0);  // the still shows while they do: a moving animatic would slip from under them
  find(".mf-boxes").replaceChildren(...boxes.map((box) => {
    const node = h("i", {}, box.text ? h("span", {}, h("bdi", {}, studio.plain(box.text))) : "");
    for (const [side, share] of [["left", box.x], ["top", box.y], ["width", box.width], ["height", box.height]]) node.style[side] = `${share * 100}%`;
    return node;
  }));
});

/* ---- a clip ------------------------------------------------------------------------------------------------------- */

const player = (take) => {
  const video = studio.clip({ src: take.url, poster: take.poster || "", controls: true, loop: true, preload: "auto", "aria-label": `Take: ${take.title}` });
  video.autoplay = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  video.addEventListener("loadedmetadata", () => follow(video));
  return video;
};
/* The playhead on the timeline follows whatever plays here. */
const follow = (video) => {
  if (!video.isConnected) return;
  if (video.duration) studio.emit("time", video.currentTime / video.duration);
  requestAnimationFrame(() => follow(video));
};
const showTake = (take) => {
  shown = take.id; asked++;
  failure.hidden = true; progress.hidden = true; ring.hidden = true;
  shape(take.width, take.height);
  picture.replaceChildren(player(take));
  caption.replaceChildren(h("span", {}, take.facts), h("span", { className: "mf-row" },
    ...studio.finish(take),
    h("button", { type: "button", className: "mf-link", onclick: () => studio.emit("reuse", take) }, "Use this shot again"),
    h("button", { type: "button", className: "mf-link", onclick: () => studio.emit("extend", take) }, "Extend this take"),
    studio.link("Clip (mp4)", take.url, `${take.name}.mp4`), studio.link("Take (json)", take.record, `${take.name}.json`)),
    ...studio.credit(take), ...studio.notes(take.notes));  // what a take could not do is said beside it
  studio.emit("noted", take.notes);
  mark();
};
/* A linked take is shown once its still is there. */
let linked = null;
studio.on("show-take", (take) => { linked = take; setTimeout(() => { if (linked) { linked = null; showTake(take); } }, 1500); });
studio.on("seek", (share) => { const video = picture.querySelector("video"); if (video?.duration) video.currentTime = share * video.duration; });

/* ---- the animatic: a small rough of the shot, drawn again whenever the direction changes -------------------------- */

let asked = 0, expecting = false;
const directed = (draw = animatic) => { if (shown) showStill(); asked++; draw(); };
let drawing = false, stale = false;
const rough = async () => {
  if (!still || shown || frame.classList.contains("mf-working") || !calm()) return;
  if (drawing) { stale = true; return; }  // one at a time; what changed meanwhile is drawn next
  const turn = ++asked;
  let answer;
  drawing = true;
  try { answer = await server.animatic(studio.question()); } catch { /* the next change asks again */ }
  drawing = false;
  if (answer?.wait) setTimeout(animatic, answer.wait * (1000 + 1000 * Math.random()));  // many are at work: not all again at once
  if (stale) { stale = false; return rough(); }
  if (!answer || answer.error || turn !== asked || shown || frame.classList.contains("mf-working")) return;
  const loop = h("video", { className: "mf-loop", src: answer.clip, loop: true, muted: true, playsInline: true, autoplay: true, "aria-label": "Animatic: a rough of this timeline" });
  loop.addEventListener("loadeddata", () => {
    if (turn !== asked || shown || frame.classList.contains("mf-working")) return;
    ring.hidden = true;
    picture.querySelectorAll(".mf-loop, .mf-badge").forEach((node) => node.remove());
    picture.append(loop, h("span", { className: "mf-badge" }, "Animatic"));
    caption.replaceChildren(h("span", {}, "A rough of your timeline, drawn as you change it. Animate makes the clip."),
      h("button", { type: "button", className: "mf-link", onclick: showStill }, "Show the still"));
    follow(loop);
  });
  loop.load();
};
const animatic = studio.later(450, rough);
const calm = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

/* ---- the strip of takes --------------------------------------------------------------------------------------------- */

const mark = () => [...strip.querySelectorAll("button")].forEach((node) => node.setAttribute("aria-pressed", String((node.dataset.take || null) === shown)));
const paintStrip = () => {
  strip.hidden = !takes.length;
  strip.replaceChildren(
    h("button", { type: "button", className: "mf-thumb", "aria-label": "Show the still", onclick: showStill }, still ? h("img", { src: still.thumb || still.url, alt: "" }) : "", h("span", {}, "Still")),
    ...takes.map((take) => h("button", { type: "button", className: "mf-thumb", "data-take": take.id, "aria-label": `Show take ${take.nth}: ${take.title}`, title: [take.title, take.short, take.changed.length ? `Changed: ${take.changed.join(" · ")}` : ""].filter(Boolean).join("\n"), onclick: () => showTake(take) },
      take.poster ? h("img", { src: take.poster, alt: "" }) : h("video", { src: `${take.url}#t=0.1`, muted: true, preload: "metadata", tabIndex: -1 }), h("span", {}, `Take ${take.nth}`))));
  mark();
  studio.takes = takes;
  studio.emit("takes", takes);
};

/* ---- work under way -------------------------------------------------------------------------------------------------- */

const bar = (work) => {
  const at = STAGES.indexOf(work.stage);
  progress.replaceChildren(
    h("ol", {}, STAGES.map((stage, index) => {
      const share = index < at ? 1 : index > at ? 0 : work.total ? work.done / work.total : 0;
      const count = index === at && work.total ? ` ${work.done}/${work.total}` : "";
      const node = h("li", { title: PLAIN[stage], "data-state": index < at ? "done" : index === at ? "now" : "next", "aria-current": index === at ? "step" : null },
        h("i", { "aria-hidden": "true" }, h("b")), h("span", {}, stage, h("small", {}, count)));
      node.querySelector("b").style.width = `${share * 100}%`;
      return node;
    })),
    h("p", {}, h("span", {}, work.detail || "Getting ready"), h("span", { className: "mf-clock" },
      [work.elapsed && seconds(work.elapsed), expected && `about ${seconds(Math.max(expected, work.elapsed))}`].filter(Boolean).join(" of "))));
  if (told.dataset.stage !== work.stage) { told.dataset.stage = work.stage; told.textContent = work.stage ? `Stage: ${work.stage}, ${PLAIN[work.stage]}` : ""; }
};
const working = (work) => {
  failure.hidden = true; ring.hidden = true; progress.hidden = false;
  frame.classList.add("mf-working");
  picture.querySelectorAll(".mf-loop, .mf-badge").forEach((node) => node.remove());
  if (!caption.style.minHeight) caption.style.minHeight = `${caption.offsetHeight}px`;  // nothing below it moves under the pointer
  caption.replaceChildren();
  studio.emit("noted", []);
  if (shown && still) { shown = null; shape(still.width, still.height); picture.replaceChildren(h("img", { src: still.url, alt: "" })); studio.emit("time", null); }
  bar(work);
  if (work.preview) {
    let live = picture.querySelector("img.mf-live");
    if (!live) { live = h("img", { className: "mf-live", alt: "What the clip looks like so far" }); picture.append(live); }
    live.src = work.preview;
    studio.emit("time", work.time / draft.seconds);
  }
};
const rest = () => { frame.classList.remove("mf-working"); caption.style.minHeight = ""; picture.querySelector(".mf-live")?.remove(); delete told.dataset.stage; };

const fail = (text, heading, job) => {
  rest();
  showStill();
  const again = () => { failure.hidden = true; studio.emit("resume"); begin(0); trigger("again", { job }); };
  failure.replaceChildren(h("h3", {}, heading), h("p", {}, text),
    job ? h("button", { type: "button", className: "mf-quiet", onclick: again }, "Try again") : "", " ",
    h("button", { type: "button", className: "mf-quiet", onclick: () => { failure.hidden = true; } }, "Close"));
  failure.hidden = false;
};

const keep = (take) => {
  takes = [take, ...takes.filter((one) => one.id !== take.id)].sort((a, b) => b.nth - a.nth).slice(0, 24);
  paintStrip();
};
/* What waits is followed too, without taking the stage from what is looked at. */
const onwards = async () => {
  if (following) return;
  let found;
  try { found = await server.recall(null); } catch { /* the queue asks again */ }
  if (following || !found) return;
  studio.emit("queue", found.live || 0);
  if (JSON.stringify(found.takes) !== JSON.stringify(takes)) { takes = found.takes || []; paintStrip(); }
  if (!found.job) return;
  following = quiet = true;
  trigger("follow", { job: found.job });
};
studio.on("queued", () => setTimeout(onwards, 300));
studio.on("finish", async ({ take, heard }) => {
  let answer;
  try { answer = await server.finish({ take: take.id }); } catch { /* as good as no answer */ }
  heard(answer ? answer.error : studio.LOST);
  studio.emit("queued");
});
studio.on("forget-take", (id) => { if (shown === id) showStill(); takes = takes.filter((take) => take.id !== id); paintStrip(); });
studio.on("kept-take", () => onwards());

const hear = (news) => {
  if (!news) return;
  clearTimeout(silence);
  if (news.job && news.job !== studio.job) { studio.job = news.job; studio.emit("job"); }
  if (news.state === "working") {  // it comes several times a second
    if (quiet) return;  // the queue goes on by itself; it shows it
    silence = setTimeout(() => studio.emit("lost"), 20000);
    return stopping ? undefined : working(news);
  }
  studio.job = null; following = false;
  studio.emit("idle");
  setTimeout(onwards, 400);
  if (quiet) {
    if (news.state === "done") { keep(news.take); told.textContent = `Take ${news.take.nth} is ready`; }
    return;
  }
  if (news.state === "cancelled" || stopping && news.state === "failed") {  // cut off by Cancel: not a failure
    stopping = true;
    rest(); showStill(); told.textContent = "Cancelled";
    return caption.replaceChildren(h("span", {}, "Cancelled. Nothing was kept."));
  }
  if (news.state === "failed") return fail(news.message, "This take was not made", news.job);
  if (news.state === "done") {
    rest();
    keep(news.take);
    showTake(news.take);
    if (!document.activeElement?.matches(TYPES)) requestAnimationFrame(reveal);  // who writes already is left where they are
    told.textContent = "The take is ready";
  }
};
watch("value", () => hear(props.value));
studio.on("stop", () => { stopping = true; });
studio.on("lost", () => { stopping = false; hear({ state: "failed", message: studio.LOST }); });

/* The work and the take come into view; below 821 px only the frame has a box that can be scrolled to. */
const reveal = () => {
  const { top, bottom } = frame.getBoundingClientRect();
  if (top < -1 || bottom > innerHeight - (document.querySelector(".mf-dock")?.offsetHeight || 72)) frame.scrollIntoView({ block: "start", behavior: calm() ? "smooth" : "auto" });
};
const TYPES = "textarea, input[type=text], input[type=search], input[type=number]";
const begin = (estimate) => {
  stopping = quiet = false; following = true; studio.job = null; expected = estimate;
  expecting = false;  // what was changed up to here is in the take: a review that comes after it draws no animatic over it
  if (matchMedia("(max-width: 820px)").matches && document.activeElement?.matches(TYPES)) document.activeElement.blur();  // a keyboard would hide it
  reveal();
  working({ stage: "", done: 0, total: 0, elapsed: 0, detail: "" });
};
studio.on("begin", begin);
/* On a narrow screen the frame stays in view: what is tabbed to is scrolled clear of it. */
new ResizeObserver(() => document.documentElement.style.setProperty("--frame", `${frame.offsetHeight}px`)).observe(frame);

/* A still that is on its way: its small picture stands for it, and nothing of the one before. */
let coming;
const come = (card) => {
  clearTimeout(coming);
  if (card) coming = setTimeout(() => {
    if (frame.classList.contains("mf-working")) return;
    shown = null; asked++;
    failure.hidden = ring.hidden = true;
    const small = h("img", { src: card.thumb || card.url, alt: "", draggable: false, onload: () => shape(small.naturalWidth, small.naturalHeight) });
    picture.replaceChildren(small, h("span", { className: "mf-badge", role: "status" }, "Opening…"));
    caption.replaceChildren();
  }, 150);  // most are there at once
};
studio.on("coming", come);
studio.on("opened", (there) => { clearTimeout(coming); if (!there && !shown) showStill(); });
studio.on("still", (next) => { clearTimeout(coming); still = next; paintStrip(); showStill(); if (linked) { const take = linked; linked = null; showTake(take); } });
studio.on("draft", ({ changed, from }) => {
  if (changed.includes("focus") && !ring.hidden) ringAt();
  if (from === "timeline" || from === "stage" && changed.includes("focus")) directed();
  if (from === "brush" || changed.includes("loop") || changed.includes("depth_seed")) directed(rough);  // a stroke or a switch is whole: no need to wait
  if (from === "prompt" || from === "actions" && changed.includes("seconds")) expecting = true;
});
studio.on("review", (review) => { aimed = review.aim || aimed; if (expecting) directed(); expecting = false; ringAt(); });
showStill();
come(studio.coming);
(async () => {
  let found;
  try { found = await server.recall(null); } catch { /* an empty strip says it */ }
  takes = found?.takes || [];
  studio.emit("queue", found?.live || 0);
  paintStrip();
  if (found?.cookies === false) strip.before(h("p", { className: "mf-note", role: "status" },
    "This browser keeps no cookie of the studio, so it cannot show you your takes. Allow cookies here, or ",
    h("a", { className: "mf-link", href: location.href, target: "_blank", rel: "noopener" }, "open the studio in a tab of its own"), "."));
  if (found?.waits) fail(found.waits.message, "This take was interrupted", found.waits.job);
  if (found?.job) {  // it went on while nobody looked
    studio.emit("resume");
    begin(0);
    trigger("follow", { job: found.job });
  }
})();
