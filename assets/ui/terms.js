/* Before an engine's weights come onto this computer: under which terms, said once, and a yes or a no. */
const { h } = studio;
const find = (name) => element.querySelector(name);
const dialog = find("dialog"), accept = find(".mf-accept"), error = find(".mf-error");
let asked = null;

studio.on("terms", ({ terms, then }) => {
  asked = { terms, then };
  find("h2").textContent = `${terms.title}: its terms`;
  find(".mf-terms-why").textContent = `${terms.title} is not on this computer yet. Its weights come under these terms. They are asked once, and again only if they change.`;
  find("dl").replaceChildren(...terms.rows.flatMap(([name, words]) => [h("dt", {}, name), h("dd", {}, words)]),
    h("dt", {}, "In full"), h("dd", {}, h("a", { className: "mf-link", href: terms.page, target: "_blank", rel: "noopener noreferrer" }, terms.page.replace("https://", ""))));
  find(".mf-terms-missing").replaceChildren(...terms.missing.map((line) => h("p", { className: "mf-note" }, line)));
  error.hidden = true;
  accept.disabled = false;
  dialog.showModal();
});
accept.addEventListener("click", async () => {
  const { terms, then } = asked;
  accept.disabled = true;
  let answer;
  try { answer = await server.accept_terms({ engine: terms.engine, digest: terms.digest }); } catch { /* as good as no answer */ }
  accept.disabled = false;
  answer ??= { error: studio.LOST };
  if (answer.error) { error.textContent = answer.error; error.hidden = false; return; }
  dialog.close();
  then();
});
find(".mf-quiet").addEventListener("click", () => dialog.close());
