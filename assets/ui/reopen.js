const { draft, set, h } = studio;
const box = element.querySelector(".mf-reopen"), says = element.querySelector(".mf-says"), gone = element.querySelector(".mf-gone"), ways = element.querySelector(".mf-ways");
const WHOLE = ["still", "prompt", "touched", "focus", "beats", "told", "painted", "previous", "loop", "draft", "engine", "seconds", "side", "fps", "seed", "depth_seed", "negative", "guidance", "end", "given", "first_frame", "idea", "dismissed"];

const say = (words, lines = [], bad = false, ...buttons) => {
  box.hidden = false;
  box.classList.toggle("mf-bad", bad);
  says.textContent = studio.plain(words);
  gone.hidden = !lines.length;
  gone.replaceChildren(...lines.map((line) => h("li", {}, h("bdi", {}, studio.plain(line)))));
  ways.replaceChildren(...buttons.filter(Boolean));
  if (box.getBoundingClientRect().top < 0) box.scrollIntoView({ block: "start" });
};
const close = () => { box.hidden = true; };
const button = (text, onclick, name = "mf-quiet") => h("button", { type: "button", className: name, onclick }, text);
const editing = (job) => { studio.editing = job; studio.emit("editing"); };

/* Put a shot onto the page; what stood there comes back with Undo. */
const put = (values) => {
  const before = structuredClone(Object.fromEntries(WHOLE.map((key) => [key, draft[key]])));
  set(values, "reopen");
  if (values.still) studio.emit("choose-still", values.still);
  return () => { set(before, "reopen"); if (before.still) studio.emit("choose-still", before.still); };
};
const values = (found, byHand = false) => {
  const { motion_brush, depth_strokes, still, focus, previous, given, ...rest } = found;
  const painted = Object.fromEntries(Object.entries({ motion_brush, depth_strokes }).filter(([, key]) => key));
  return { ...rest, given: given.map((one) => ({ ...one, title: one.name || one.kind.replace("_", " ") })), touched: true, told: byHand ? "" : found.prompt, guidance: null, ...(still ? { still, focus, previous, painted: { ...draft.painted, [still]: painted } } : {}) };
};

const ask = studio.asker((question) => server.reopen(question));
const bring = async (question, named, show) => {
  editing(null);
  say("Opening the shot …");
  const answer = await ask(question);
  if (!answer) return;
  if (answer.error) return say(answer.error, [], true, button("Close", close));
  studio.tab("Direct");
  const undo = put(values(answer.draft, answer.by_hand)), lost = answer.lost || [];
  const back = () => { undo(); editing(null); close(); document.querySelector("#mf-words")?.focus(); };
  if (question.job) {
    editing({ job: question.job });
    return say(`You are changing a shot that waits, at place ${answer.place} in the queue. Replace puts it back there.`, lost, false, button("Leave it as it was", back));
  }
  const name = answer.take ? `take ${answer.take.nth}` : named;
  const stand = answer.stand_in?.key ? button("Use the clip’s first frame", () => {
    set({ mine: [answer.stand_in, ...draft.mine.filter((still) => still.key !== answer.stand_in.key)].slice(0, 6) }, "reopen");
    studio.emit("choose-still", answer.stand_in.key);
    close();
  }) : null;
  say(lost.length ? `The shot of ${name} is here again, but:` : `The shot of ${name} is here again, exactly as it was.`, lost, false, stand, button("Undo", back), button("Close", close));
  if (show && answer.take && !answer.take.missing) studio.emit("show-take", answer.take);
};

studio.on("reuse", (take) => bring({ take: take.id }));
studio.on("edit-job", (job) => bring({ job }));
/* A shot of the reel comes here for the coach, with everything that it holds. */
studio.on("edit-reel", ({ at, shot }) => {
  const { motion_brush, depth_strokes, ...rest } = shot.draft, given = values({ motion_brush, depth_strokes, ...rest });
  studio.tab("Direct");
  const undo = put({ ...given, told: shot.told ?? given.told });  // words that came after the edit of its timeline still do
  editing({ reel: studio.reel.mark(at) });
  const back = () => { undo(); editing(null); close(); studio.tab("Reel"); };
  say(`You are changing shot ${at + 1} of the reel. Replace puts it back there.`, [], false, button("Leave it as it was", back));
});
studio.on("reopen-file", async (file) => {
  if (file.size / 1e6 > props.most) return say(`${file.name}: ${(file.size / 1e6).toFixed(0)} MB. Expected at most ${props.most} MB.`, [], true, button("Close", close));
  say("Opening the shot …");
  let sent;
  try { sent = await studio.send(file); } catch { /* said below */ }
  if (!sent?.upload) return say(sent?.error || `${file.name} could not be sent. Try once more.`, [], true, button("Close", close));
  bring({ upload: sent.upload, name: file.name }, `“${file.name}”`);
});
studio.on("replace", async (question) => {
  const { job, reel } = studio.editing;
  if (reel !== undefined) {
    editing(null);
    close();
    const { thumb, name, told } = studio.reel.current(), at = draft.reel.shots.findIndex((shot) => shot.id === reel);
    if (at < 0) return say("That shot is no longer in the reel. “Add to the reel” puts this one there, at its end.", [], true, button("Close", close));
    studio.reel.change(at, { draft: question, told, thumb, name });
    return studio.tab("Reel");
  }
  let answer;
  try { answer = await server.replace({ job, draft: question }); } catch { /* as good as no answer */ }
  editing(null);
  if (!answer || answer.error) return say(answer?.error || studio.LOST, [], true, button("Close", close));
  say(`The shot that waits is replaced; it keeps place ${answer.place} in the queue.`, [], false, button("Close", close));
  studio.emit("queued");
});
studio.on("begin", () => { if (!studio.editing) close(); });

/* A link to one of this browser's own takes. */
const address = new URL(location.href), linked = address.searchParams.get("take");
if (linked) {
  address.searchParams.delete("take");
  history.replaceState(null, "", address);
  setTimeout(() => bring({ take: linked.slice(0, 64) }, "", true), 0);
}
