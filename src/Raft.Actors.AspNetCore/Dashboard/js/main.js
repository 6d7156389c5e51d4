// Connects the parts of the page.
import { actions, offers } from "./actions.js";
import { operations } from "./api.js";
import { Cluster } from "./cluster.js";
import { byId, mark, onNextFrame, refill, make, say } from "./dom.js";
import { Editor } from "./editor.js";
import { EventStream } from "./event-stream.js";
import { Events } from "./events.js";
import { Faults } from "./faults.js";
import { History } from "./history.js";
import { KeyList } from "./key-list.js";
import { LogView } from "./log-view.js";
import { Nodes } from "./nodes.js";
import { storyOf, storyWithout } from "./story.js";
import { offerThemes } from "./themes.js";

offerThemes(byId("theme"));
byId("help-open").onclick = () => byId("help").showModal();

const cluster = new Cluster();
const nodes = new Nodes(actions, offers);
const log = new LogView(cluster);
const history = new History();
const events = new Events();
const store = operations.has("PUT kv/{**key}") ? startStore() : null;
const faults = operations.has("GET dev/faults") ? new Faults(cluster, () => draw()) : null;
const stream = new EventStream();

/** Shows the keys, if the state machine is the key-value store and this page may change them. */
function startStore() {
  byId("store").hidden = false;
  const keys = new KeyList(key => editor.open(key), found => editor.compare(found));
  const editor = new Editor(key => keys.select(key));
  return keys;
}

/** When the connection was lost, or null; and when the last event arrived. */
let lostSince = null;
let heardAt = new Date();

const draw = onNextFrame(() => {
  tell();
  nodes.draw(cluster);
  faults?.draw();
  log.draw();
  if (cluster.leader) store?.takeCommitIndex(cluster.leader.commitIndex);
});

function tell() {
  const { look, headline, remarks } = lostSince ? storyWithout(lostSince) : storyOf(cluster);
  mark(byId("story"), "data-look", look);
  say(byId("headline"), headline);
  refill(byId("remarks"), remarks.map(textContent => make("li", { textContent })));
  const id = cluster.nodes.map(node => node.status?.clusterId).find(Boolean);
  say(byId("seen-from"), `Seen from ${cluster.seenFrom ?? "the gateway"}${id ? `, cluster ${id}` : ""}`);
  const leadership = cluster.leader ? `${cluster.leader.nodeId} leads` : "No leader";
  document.title = `${lostSince ? "No connection" : leadership} · Raft.Akka`;
}

const connections = {
  live: "Live",
  lost: "Connection lost, reconnecting …",
};

stream.addEventListener("connection", ({ detail }) => {
  mark(byId("connection"), "data-state", detail);
  say(byId("connection"), connections[detail]);
  lostSince = detail === "lost" ? lostSince ?? heardAt : null;
  document.body.classList.toggle("is-stale", lostSince !== null);
  byId("controls").disabled = lostSince !== null;
  byId("confirm-yes").disabled = lostSince !== null;
  draw();
});
stream.addEventListener("cluster", ({ detail }) => {
  cluster.takeAll(detail);
  history.takeAll(detail.history, detail.events);
  events.takeAll(detail.events);
  draw();
});
stream.addEventListener("node", ({ detail }) => {
  cluster.takeNode(detail);
  draw();
});
stream.addEventListener("transition", ({ detail }) => {
  events.take(detail);
  history.takeEvent(detail);
  faults?.refresh();
});
stream.addEventListener("sample", ({ detail }) => history.takeSample(detail));
stream.addEventListener("heard", () => { heardAt = new Date(); });
stream.start();
draw();
