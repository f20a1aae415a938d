const { h, seconds } = studio;
const find = (name) => element.querySelector(name);
const desk = find(".mf-desk"), nothing = find(".mf-nothing"), list = find("dl"), same = find(".mf-same"), play = find(".mf-play"), bar = find("input"), clock = find("output");
const sides = { a: find('[data-side="a"]'), b: find('[data-side="b"]') };
const NONE = nothing.textContent;
let takes = [], chosen = { a: null, b: null }, playing = false;

const videos = () => [...desk.querySelectorAll("video")];
const longest = () => Math.max(0.1, ...videos().map((video) => video.duration || 0));
const title = (take) => `Take ${take.nth}: ${take.title}`;

/* The first clip leads; the other is pulled along when it strays by more than a frame or two. */
const seek = (time) => videos().forEach((video) => { video.currentTime = Math.min(time, (video.duration || 0) - 0.01); });
const hold = (on) => {
  playing = on;
  play.textContent = on ? "Pause" : "Play";
  videos().forEach((video) => (on ? video.play() : video.pause()));
  if (on) requestAnimationFrame(follow);
};
const follow = () => {
  if (!playing) return;
  const [lead, other] = [...videos()].sort((x, y) => (y.duration || 0) - (x.duration || 0));
  if (!lead) return;
  if (lead.ended) { seek(0); videos().forEach((video) => video.play()); }
  else if (other && !other.ended && Math.abs(other.currentTime - lead.currentTime) > 0.08) other.currentTime = Math.min(lead.currentTime, other.duration || 0);
  bar.value = lead.currentTime / longest();
  clock.textContent = seconds(lead.currentTime);
  requestAnimationFrame(follow);
};
play.addEventListener("click", () => hold(!playing));
bar.addEventListener("input", () => { hold(false); const time = bar.value * longest(); seek(time); clock.textContent = seconds(time); bar.setAttribute("aria-valuetext", seconds(time)); });

const ask = studio.asker((pair) => server.differences(pair));
const tell = async () => {
  const answer = await ask([chosen.a, chosen.b]);
  if (!answer) return;
  const rows = answer.rows || [];
  list.replaceChildren(...rows.flatMap((row) => [h("dt", {}, row.name), h("dd", {}, h("span", {}, row.a)), h("dd", {}, h("span", {}, row.b))]));
  list.hidden = !rows.length;
  same.hidden = !!rows.length;
  same.textContent = answer.error || (chosen.a === chosen.b ? "The same take on both sides." : "Nothing but the moment they were made.");
};

/* One clip of both, made by the studio and saved under a name of its own. */
const join = find(".mf-join"), joined = find(".mf-joined [role=status]");
const combine = studio.asker((pair) => server.join(pair));
join.addEventListener("click", async () => {
  join.disabled = true;
  joined.textContent = "Putting both clips next to each other …";
  const answer = await combine([chosen.a, chosen.b]);
  join.disabled = false;
  joined.replaceChildren(answer.error ? answer.error : studio.link(`Save ${answer.name}`, answer.url, answer.name));
  joined.querySelector("a")?.focus();
});

/* Everything of this browser: takes, queue, pictures, words. */
const goodbye = find(".mf-forget [role=status]");
find(".mf-forget button").addEventListener("click", async () => {
  if (!confirm("Delete your takes, your pictures and your words from this studio, for good?")) return;
  goodbye.textContent = await studio.forget();
});

const side = (name) => {
  const take = takes.find((one) => one.id === chosen[name]);
  const pick = h("select", { "aria-label": `Take on side ${name.toUpperCase()}`, onchange: () => { chosen[name] = pick.value; paint(); } },
    takes.map((one) => h("option", { value: one.id, selected: one === take }, title(one))));
  const video = studio.clip({ src: take.url, preload: "auto", "aria-label": title(take) });
  sides[name].replaceChildren(h("figcaption", {}, h("b", {}, name.toUpperCase()), pick), video,
    h("div", { className: "mf-row" }, h("button", { type: "button", className: "mf-link", onclick: () => studio.emit("reuse", take) }, "Use this shot again"),
      studio.link("Clip (mp4)", take.url, `${take.name}.mp4`), studio.link("Take (json)", take.record, `${take.name}.json`)));
};
const paint = () => {
  hold(false);
  nothing.hidden = takes.length > 1;  // one alone has nothing to be compared with
  desk.hidden = element.querySelector("h2").hidden = takes.length < 2;
  nothing.textContent = takes.length ? "One take so far. Change one thing, animate again, and compare here what the change did." : NONE;
  if (desk.hidden) return Object.values(sides).forEach((node) => node.replaceChildren());
  const known = (id) => takes.some((take) => take.id === id);
  if (!known(chosen.b)) chosen.b = takes[0].id;
  if (!known(chosen.a)) chosen.a = takes[1].id;
  side("a"); side("b");
  join.hidden = chosen.a === chosen.b;
  joined.replaceChildren();
  bar.value = 0; clock.textContent = seconds(0);
  tell();
};
/* Two takes of the library, the newest of them or not. */
let extra = [];
const known = (given) => [...given, ...extra.filter((one) => !given.some((other) => other.id === one.id))].sort((a, b) => b.nth - a.nth);
studio.on("compare", ({ a, b }) => {
  extra = [a, b];
  takes = known(studio.takes);
  chosen = { a: a.id, b: b.id };
  paint();
  element.scrollIntoView({ block: "start" });
  play.focus({ preventScroll: true });
});
studio.on("forget-take", (id) => { extra = extra.filter((take) => take.id !== id); });
const show = (next) => { const all = known(next); if (all.length !== takes.length) chosen = { a: null, b: null }; takes = all; paint(); };
studio.on("takes", show);
show(studio.takes);
