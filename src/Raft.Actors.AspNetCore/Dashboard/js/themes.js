// The button that selects system, light or dark colours. theme.js applies the choice at the next load.
import { say } from "./dom.js";

const names = { system: "Colours: system", light: "Colours: light", dark: "Colours: dark" };
const order = Object.keys(names);

export function offerThemes(button) {
  const root = document.documentElement;
  const show = () => say(button, names[root.dataset.theme ?? "system"]);
  button.onclick = () => {
    const next = order[(order.indexOf(root.dataset.theme ?? "system") + 1) % order.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem("raft.theme", next);
    } catch {
      // A browser may forbid storage; the choice then lasts as long as the page.
    }
    show();
  };
  show();
}
