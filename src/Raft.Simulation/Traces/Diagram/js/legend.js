// The legend; its entries hide and show what they name.
import { element } from "./dom.js";
import { KINDS } from "./kinds.js";
import { isPause } from "./spans.js";

/** Fills the legend with the kinds that occur. `toggle` gets a kind's id, or "clients" for the clients' lines. */
export function fillLegend(run, hidden, toggle) {
  const legend = document.getElementById("legend");
  for (const kind of KINDS) {
    const count = run.messages.reduce((sum, m) => sum + (m.kind === kind.id ? 1 : 0), 0);
    if (count > 0) legend.append(legendButton(kind.label, count, `var(--${kind.id})`, hidden, kind.id, toggle));
  }
  if (run.clients.length > 0) {
    legend.append(legendButton("clients and all their messages", null, "var(--request)", hidden, "clients", toggle));
  }
  fillLaneLegend(run);
}

function legendButton(label, count, color, hidden, id, toggle) {
  const button = element("button");
  const stroke = element("span", "stroke");
  stroke.style.borderTopColor = color;
  button.append(stroke, label);
  if (count !== null) button.append(element("span", "count", count.toLocaleString("en")));
  button.setAttribute("aria-pressed", String(!hidden.has(id)));
  button.addEventListener("click", () => {
    toggle(id);
    button.setAttribute("aria-pressed", String(!hidden.has(id)));
  });
  return button;
}

function fillLaneLegend(run) {
  const item = (swatch, text) => {
    const holder = element("span");
    holder.append(swatch, text);
    return holder;
  };
  const role = name => {
    const swatch = element("span", "swatch");
    swatch.style.background = `var(--${name})`;
    return item(swatch, name);
  };
  const legend = document.getElementById("lane-legend");
  legend.append(role("follower"), role("candidate"), role("leader"), item(element("span", "swatch down"), "down"));
  if (run.faults.some(isPause)) legend.append(item(element("span", "swatch pause"), "paused"));
  if (run.faults.length > 0) legend.append(item(element("span", "swatch fault"), "fault"));
  legend.append(item(element("span", "cross", "\u254c\u2715"), "message lost"));
}
