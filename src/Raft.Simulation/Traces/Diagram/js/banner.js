// The header of the page: the run, and the violated property.
import { element } from "./dom.js";
import { duration, on, seconds } from "./words.js";

export function fillHeader(run) {
  const summary = document.getElementById("summary");
  const count = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
  summary.textContent = [
    count(run.nodes.length, "node"), count(run.clients.length, "client"), duration(run.end) + " of virtual time",
    count(run.messages.length, "message"), count(run.faults.length, "fault"), count(run.operations.length, "client operation"),
  ].join(" \u00b7 ");
  if (run.violations.length > 0) fillBanner(run, run.violations[0]);
  else if (run.command !== "") summary.after(commandOf(run));
}

function fillBanner(run, violation) {
  const banner = document.getElementById("violation");
  const heading = element("h2");
  const source = ` \u00b7 ${violation.source} \u00b7 seen at ${seconds(violation.t)}${on(violation)}`;
  heading.append(element("b", "", `Violated: ${violation.check}`), element("span", "source", source));
  banner.replaceChildren(heading);
  const row = (term, ...content) => {
    const definition = element("dd");
    definition.append(...content);
    banner.append(element("dt", "", term), definition);
  };
  row("Fact", violation.fact);
  row("Contradiction", violation.contradiction);
  for (const other of run.violations.slice(1)) {
    row("Also", `${seconds(other.t)} ${other.check}: ${other.fact}; ${other.contradiction}`);
  }
  if (run.command !== "") row("Run it again", commandOf(run));
  banner.hidden = false;
}

function commandOf(run) {
  const holder = element("span", "command");
  const code = element("code", "", run.command);
  const button = element("button", "", "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(run.command);
      button.textContent = "Copied";
    } catch {
      // In some browsers a page from a disk has no access to the clipboard, so the text is selected for copying.
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  holder.append(code, button);
  return holder;
}
