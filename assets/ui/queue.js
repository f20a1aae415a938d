const { draft, set, h } = studio;
const box = element.querySelector(".mf-queue"), list = element.querySelector(".mf-jobs"), many = element.querySelector(".mf-how-many"), said = element.querySelector(".mf-queue-said"), held = element.querySelector(".mf-hold");
let jobs = [], timer = 0, turn = 0, drawn = "";

const call = async (name, question) => {
  let answer;
  try { answer = await server[name](question); } catch { /* as good as no answer */ }
  answer ??= { error: studio.LOST };
  said.textContent = answer.error || "";
  return answer;
};
const act = async (name, question) => { await call(name, question); await look(); };

const state = (job) => {
  if (job.state === "running") {
    const share = job.total ? ` ${job.done}/${job.total}` : "";
    return job.cancelling ? "Stopping …" : [job.stage ? `${job.stage}${share}` : "Being made", job.when].filter(Boolean).join(" · ");
  }
  if (job.state === "queued") return [job.place === 1 ? "Next" : `Place ${job.place}`, job.reason || job.when].filter(Boolean).join(" · ");
  return `${job.state === "failed" ? "Not made" : "Interrupted"}. ${job.reason}`;
};

const row = (job, waiting) => {
  const at = waiting.indexOf(job), before = waiting[at - 1], behind = waiting[at + 1];
  const button = (text, onclick, label, name = "mf-quiet") => h("button", { type: "button", className: name, "aria-label": `${label}: ${job.title}`, title: label, onclick, "data-act": label }, text);
  const acts = job.state === "queued" ? [
    before && button("↑", () => act("move", { job: job.id, before: before.id }), "Move up", "mf-quiet mf-arrow"),
    behind && button("↓", () => act("move", { job: job.id, before: waiting[at + 2]?.id ?? null }), "Move down", "mf-quiet mf-arrow"),
    button("Edit", () => studio.emit("edit-job", job.id), "Edit this shot"),
    button("New seed", () => vary({ job: job.id, count: 1 }), "Queue it again with a new seed"),
    button("4 seeds", () => vary({ job: job.id, count: 4 }), "Queue it again with four new seeds"),
    button("Cancel", () => act("cancel_job", { job: job.id }), "Cancel")]
    : job.state === "running" ? [
      button("New seed", () => vary({ job: job.id, count: 1 }), "Queue it again with a new seed"),
      button("4 seeds", () => vary({ job: job.id, count: 4 }), "Queue it again with four new seeds"),
      !job.cancelling && button("Cancel", () => act("cancel_job", { job: job.id }), "Cancel")]
      : [button("Try again", () => act("retry", { job: job.id }), "Try again"), button("Set aside", () => { set({ hushed: [job.id, ...(draft.hushed || [])].slice(0, 50) }, "queue"); look(); }, "Set aside")];
  const bar = job.state === "running" ? h("i", { className: "mf-share", "aria-hidden": "true" }, h("b")) : null;
  return h("li", { "data-job": job.id, "data-state": job.state }, job.thumb ? h("img", { src: job.thumb, alt: "" }) : h("span", { className: "mf-blank" }),
    h("div", {}, h("h3", {}, h("bdi", {}, studio.plain(job.title))), h("p", {}, job.short), h("p", { className: "mf-state" }), bar), h("div", { className: "mf-row mf-acts" }, acts));
};

const vary = async (question) => {
  const answer = await call("vary", question);
  if (!answer.error) said.textContent = answer.seeds.length === 1 ? `Queued with seed ${answer.seeds[0]}.` : `Queued ${answer.seeds.length} times, with seeds ${answer.seeds.join(", ")}.`;
  if (element.offsetParent && !answer.error) box.scrollIntoView({ block: "nearest" });
  studio.emit("queued");
};

const paint = () => {
  const hushed = new Set(draft.hushed || []);
  const shown = jobs.filter((job) => !(hushed.has(job.id) && ["failed", "interrupted"].includes(job.state)));
  const waiting = jobs.filter((job) => job.state === "queued"), running = jobs.filter((job) => job.state === "running");
  box.hidden = !shown.length;
  many.textContent = [running.length && `${running.length} being made`, waiting.length && `${waiting.length} waiting`].filter(Boolean).join(", ");
  const form = JSON.stringify([shown.map((job) => [job.id, job.state, job.cancelling, job.title, job.short, job.reason])]);
  if (form !== drawn) draw(shown, waiting);
  drawn = form;
  shown.forEach((job) => {  // what changes all the time is written into what stands there: a button stays where it is pressed
    const node = list.querySelector(`[data-job="${job.id}"]`), told = state(job), bar = node.querySelector(".mf-share b");
    if (node.querySelector(".mf-state").textContent !== told) node.querySelector(".mf-state").textContent = told;
    if (bar) bar.style.width = `${job.total ? (job.done / job.total) * 100 : 0}%`;
  });
  studio.emit("queue", running.length + waiting.length);
};
const draw = (shown, waiting) => {
  const held = document.activeElement?.closest?.("[data-job]") && list.contains(document.activeElement) ? [document.activeElement.closest("[data-job]").dataset.job, document.activeElement.dataset.act] : null;
  list.replaceChildren(...shown.map((job) => row(job, waiting)));
  if (held) [...list.querySelectorAll(`[data-job="${held[0]}"] button`)].find((node) => node.dataset.act === held[1])?.focus({ preventScroll: true });
};
const hold = (words) => { if (held.textContent !== words) held.textContent = words; held.hidden = !words; };  // said once, not at every look
const look = async () => {
  clearTimeout(timer);
  const mine = ++turn;
  let answer;
  try { answer = await server.look(null); } catch { /* asked again later */ }
  if (mine !== turn) return;
  if (answer?.jobs) { jobs = answer.jobs; hold(answer.hold); paint(); }
  const live = jobs.some((job) => ["running", "queued"].includes(job.state));
  if (live) timer = setTimeout(look, element.offsetParent ? 1500 : 4000);
};
studio.on("vary", vary);
studio.on("queued", look);
studio.on("job", look);
studio.on("idle", look);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) look(); }).observe(element);
look();
