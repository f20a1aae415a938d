const { h } = studio;
const families = element.querySelector(".mf-families");
const PARTS = ["motion", "time", "camera", "picture", "words", "engine"];

/* A rule's page is made when it is opened; the same text is in docs/rules.md and `python -m studio why`. */
const fill = async (body, code) => {
  if (body.firstChild) return;
  body.append(h("p", {}, "…"));
  let page;
  try { page = await server.rule_page(code); } catch { /* as good as no answer */ }
  page ??= { error: studio.LOST };
  if (page.error) return body.replaceChildren(), body.append(h("p", {}, page.error));
  body.replaceChildren(h("dl", {}, page.sections.flatMap((section) => [h("dt", {}, section.heading),
    h("dd", {}, section.lines.map((line) => h(section.examples ? "q" : "p", {}, line)))])));
};

const rule = (one) => {
  const body = h("div", { className: "mf-body" });
  return h("details", { id: `rule-${one.code}`, ontoggle: (event) => { if (event.target.open) fill(body, one.code); } },
    h("summary", {}, h("code", {}, one.code), h("span", {}, one.title, h("small", {}, one.looks_for))), body);
};

families.append(...PARTS.flatMap((part) => {
  const mine = (props.rules || []).filter((one) => one.part === part);
  return mine.length ? [h("h2", {}, part[0].toUpperCase() + part.slice(1)), ...mine.map(rule)] : [];
}));
