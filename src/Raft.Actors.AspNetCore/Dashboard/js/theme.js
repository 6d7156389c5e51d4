// Runs before the page is drawn, so that the wrong colours never flash. Not a module, because modules run too late.
(() => {
  const root = document.documentElement;
  const saved = () => {
    try {
      return localStorage.getItem("raft.theme");
    } catch {
      return null; // A browser may forbid storage; the choice then lasts as long as the page.
    }
  };
  if (["light", "dark"].includes(saved())) root.dataset.theme = saved();
})();
