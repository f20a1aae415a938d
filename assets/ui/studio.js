/* What the pieces of the page share: the draft, a way to talk to each other, and a few small tools.
 *
 * The draft is everything the person has chosen so far. It lives here, is kept in this browser, and is sent whole
 * with every question to Python, which checks it anew each time. Text from people only ever becomes text nodes or
 * input values, never markup.
 *
 * Each tab has a shot of its own, which a reload gives back; a new tab begins with the last one that was worked on. What
 * belongs to the browser (the shelf, the reel) is one for all tabs: each hears at once what another does with it.
 */
window.studio = window.studio || (() => {
  const KEY = "motion-first.draft.1";
  const FRESH = {
    prompt: null,      // null: never written to, so an example may fill it
    touched: false,    // whether the words are the person's own
    still: null,       // "example:<id>" or "still:<digest>"
    mine: [],          // the person's own stills, as shown on the shelf
    focus: null,       // [x, y] in fractions of the still
    beats: null,       // null: the timeline follows the prompt
    told: null,        // the words that stood there when the timeline was first edited
    painted: {},       // by still: what was painted over it, by use: "motion_brush", "depth_strokes"
    previous: null,    // the clip that this shot goes on from
    given: [],         // what was brought besides: {kind, key, title, name}
    loop: false,       // whether the end leads back into the start
    draft: false,      // whether it is drafted first, to be finished when it is chosen
    distilled: "",     // which distilled weights make it; "": as the engine's memory suggests
    engine: "sketch", seconds: 5, side: 768, fps: null, seed: 7,
    depth_seed: 0,     // which hypothesis of near and far; 0: the likeliest
    negative: null, guidance: null, end: null,  // null: the engine's own; no end frame
    first_frame: "",   // the person's own line about the still
    idea: 0,           // which proposal of the coach
    dismissed: [],     // rules that shall not speak to this prompt
    hushed: [],        // jobs that broke off and were set aside
    reel: { title: "", shots: [] },  // shots in order: {draft, told, chained, fade, thumb, name}
  };

  const SHARED = ["mine", "reel", "hushed"];
  const parsed = (store) => { try { return JSON.parse(store().getItem(KEY) || "null"); } catch { return null; } };  // private mode
  const ours = () => parsed(() => localStorage), own = () => parsed(() => sessionStorage);
  const only = (from, keys) => Object.fromEntries(keys.filter((key) => from && key in from).map((key) => [key, from[key]]));
  const last = ours();  // none: everything was forgotten, also what a tab that is opened again still has
  const draft = { ...FRESH, ...(last && own() || last), ...only(last, SHARED) };
  const later = (wait, act) => {
    let timer = 0;
    return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), wait); };
  };
  const changed = new Set();
  const write = () => {
    if (!changed.size) return;  // a tab that only closes is not the last one that was worked on
    const others = only(ours(), SHARED.filter((key) => !changed.has(key)));
    changed.clear();
    try {
      sessionStorage.setItem(KEY, JSON.stringify(draft));
      localStorage.setItem(KEY, JSON.stringify({ ...draft, ...others }));
    } catch { /* private mode: forget */ }
  };
  const keep = later(200, write);
  addEventListener("pagehide", write);
  const wiped = () => {
    removeEventListener("pagehide", write);
    changed.clear();
    try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    location.reload();
  };
  /* What another tab did with the shelf and the reel. */
  const hear = () => {
    const theirs = only(ours(), SHARED.filter((key) => !changed.has(key)));
    const news = Object.keys(theirs).filter((key) => JSON.stringify(theirs[key]) !== JSON.stringify(draft[key]));
    if (!news.length) return;
    Object.assign(draft, only(theirs, news));
    emit("draft", { changed: news, from: "another tab" });
  };
  addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue !== null) hear();
    else if (event.key === KEY || event.key === null) wiped();  // forgotten there, so here too
  });
  addEventListener("pageshow", (event) => { if (event.persisted) hear(); });

  /* Delete everything of this visitor, here and there, and open again as on the first visit. */
  const forget = async () => {
    let answer;
    try { answer = await (await fetch("files/mine", { method: "DELETE" })).json(); } catch { /* as good as no answer */ }
    if (!answer || answer.error || answer.detail) return answer?.error || LOST;
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    wiped();
    return "";
  };
  /* Send a file; the answer names it once, to whom sent it. */
  const send = async (file) => {
    const reply = await fetch("files/uploads", { method: "POST", body: file });
    return reply.json();
  };

  const ears = {};
  const on = (name, act) => (ears[name] ||= []).push(act);
  const emit = (name, detail) => (ears[name] || []).forEach((act) => act(detail));
  const set = (changes, from) => {
    const fresh = Object.keys(changes).filter((key) => JSON.stringify(draft[key]) !== JSON.stringify(changes[key]));
    if (!fresh.length) return;
    Object.assign(draft, changes);
    fresh.forEach((key) => changed.add(key));
    keep();
    emit("draft", { changed: fresh, from });
  };

  /* The part of the draft that a question to Python needs. */
  const question = () => ({
    still: draft.still, prompt: draft.prompt || "", focus: draft.focus, beats: draft.beats,
    engine: draft.engine, seconds: draft.seconds, side: draft.side, fps: draft.fps, seed: draft.seed, depth_seed: draft.depth_seed,
    negative: draft.negative, guidance: draft.guidance, end: draft.end, first_frame: draft.first_frame,
    idea: draft.idea, dismissed: draft.dismissed, ...(draft.painted[draft.still] || {}),
    previous: draft.previous, loop: draft.loop, draft: draft.draft, distilled: draft.distilled, given: draft.given.map(({ kind, key, name }) => ({ kind, key, name: name || "" })),
  });

  /* The coach quotes the person's words: marks that turn the direction of writing must not reach the words around. */
  const plain = (text) => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

  /* Build a node; strings become text, never markup. */
  const h = (tag, given = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in node && name !== "list" && name !== "style") node[name] = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  };

  /* Python counts code points, JavaScript counts UTF-16 units: give the place of each code point. */
  const places = (text) => {
    const at = [];
    let unit = 0;
    for (const point of text) { at.push(unit); unit += point.length; }
    at.push(unit);
    return (point) => at[Math.max(0, Math.min(point, at.length - 1))];
  };

  /* Ask Python; a lost server (Gradio then gives nothing) becomes a plain sentence, a late answer is dropped. */
  const LOST = "The studio does not answer. Check that it is still running.";
  const asker = (ask) => {
    let turn = 0;
    return async (...given) => {
      const mine = ++turn;
      let answer;
      try { answer = await ask(...given); } catch { /* as good as no answer */ }
      answer ??= { error: LOST };
      return mine === turn ? answer : null;
    };
  };

  /* A link that saves a file under its own name; the server's answer would call every clip "clip.mp4". */
  const link = (text, href, name) => h("a", { className: "mf-link", href, download: name, onclick: async (event) => {
    if (!event.isTrusted) return;
    event.preventDefault();
    let source = href;
    try { const reply = await fetch(href); if (reply.ok) source = URL.createObjectURL(await reply.blob()); } catch { /* the link itself still works */ }
    h("a", { href: source, download: name }).click();
    if (source !== href) setTimeout(() => URL.revokeObjectURL(source), 60000);
  } }, text);

  /* Notes, a line each: the first of them at once, the rest on asking. */
  const notes = (given, shown = 1) => {
    const more = given.slice(shown), lines = given.slice(0, shown).map((note) => h("p", { className: "mf-note" }, note));
    if (!more.length) return lines;
    const last = lines.pop().textContent;
    return [...lines, h("details", {}, h("summary", {}, h("span", {}, last, " ", h("u", {}, `and ${more.length} more`))), h("ul", {}, more.map((note) => h("li", {}, note))))];
  };

  /* The reel: its shots, the draft as a shot of it, and a shot that goes on from the last frame of another. */
  const MOST_SHOTS = 24;
  const reel = {
    most: MOST_SHOTS,
    set: (changes, from = "reel") => set({ reel: { ...draft.reel, ...changes } }, from),
    change: (at, changes, from) => reel.set({ shots: draft.reel.shots.map((one, number) => (number === at ? { ...one, ...changes } : one)) }, from),
    current: () => {
      const still = api.still?.key === draft.still ? api.still : null;
      return { draft: question(), told: draft.told, chained: false, fade: 0, thumb: still?.thumb || "", name: still?.title || "" };
    },
    /* By which a shot is found again, wherever it has moved meanwhile. */
    mark: (at) => {
      const id = draft.reel.shots[at].id || Math.random().toString(36).slice(2);
      reel.change(at, { id }, "reel-typing");
      return id;
    },
    onwards: (before, prompt = "") => ({ draft: { ...before.draft, prompt, beats: null, loop: false, dismissed: [], idea: 0, end: null }, chained: true, fade: 0, thumb: "", name: "" }),
    add: (shot) => draft.reel.shots.length < MOST_SHOTS && (reel.set({ shots: [...draft.reel.shots, shot] }), true),
  };
  /* What the licence of a take's engine wants said wherever it is shown. */
  const credit = (take) => (take.attribution ? [h("p", { className: "mf-note" }, "Say with it, its licence asks: ", h("b", {}, take.attribution))] : []);

  /* The button that makes a draft whole; none for what is whole already. */
  const finish = (take, kind = "mf-link") => {
    if (!take.draft) return [];
    const node = h("button", { type: "button", className: kind, "aria-label": `Finish take ${take.nth}`, title: "Make this draft whole, with its motion", onclick: () => {
      node.disabled = true;
      node.textContent = "Finishing";
      emit("finish", { take, heard: (error) => { node.disabled = !error; node.textContent = error || "In the queue"; } });
    } }, "Finish");
    return [node];
  };

  /* The person's own beats on a time axis of another length, each keeping its share of it. */
  const tenth = (value) => Math.round(value * 10) / 10;
  const stretched = (beats, from, to) => beats && beats.map((beat) => {
    const end = tenth(Math.min((beat.end * to) / from, to));
    return { ...beat, start: tenth(Math.min((beat.start * to) / from, end - 0.2)), end };
  });

  const seconds = (value) => `${(Math.round(value * 10) / 10).toFixed(1)} s`;
  const tab = (name) => [...document.querySelectorAll('[role="tab"]')].find((node) => node.textContent.trim() === name)?.click();
  const rule = (code) => {
    tab("Rules");
    setTimeout(() => {
      const page = document.getElementById(`rule-${code}`);
      if (!page) return;
      page.open = true;
      page.scrollIntoView({ block: "start" });
      page.querySelector("summary")?.focus();
    }, 120);
  };

  /* The page is written in English, whatever language the browser speaks. */
  const page = document.documentElement;
  const english = () => { if (page.lang !== "en") page.lang = "en"; };
  new MutationObserver(english).observe(page, { attributes: true, attributeFilter: ["lang"] });
  english();

  /* A clip that cannot be played says so in its place. */
  const clip = (given) => {
    const video = h("video", { muted: true, playsInline: true, ...given });
    video.addEventListener("error", () => video.replaceWith(h("p", { className: "mf-blank", role: "status" }, "This clip cannot be played: it is gone or damaged. Its shot is kept and can be made again.")));
    return video;
  };

  const api = { LOST, takes: [], job: null, still: null, editing: null, unfit: "", opening: false, coming: null, draft, set, on, emit, question, reel, plain, h, clip, places, later, asker, link, notes, credit, finish, stretched, seconds, tab, rule, send, forget };
  return api;
})();
