// The experiments: what happens and why, the source, and the steps.
// "§" alone is the Raft paper (Ongaro and Ousterhout 2014); "dissertation" is Ongaro's (2014).
import { keyPath, post, Problem, send } from "./api.js";

const each = (names, run) => Promise.all(names.map(run));
const value = () => new Date().toISOString();

/** Writes some keys in sequence. */
async function write(count) {
  for (let i = 1; i <= count; i++) await send("PUT", keyPath(`experiment/${i}`), { body: value() });
}

/**
 * Makes the node behind this page the leader: only this node lets the page reach a leader that is cut off from the others.
 */
async function leadHere({ leader, here }) {
  if (leader === here) return;
  await post("leadership/transfer", { to: here });
}

/** Starts a write that can't complete for now, without waiting for the response. */
function writeInVain() {
  send("PUT", keyPath("experiment/waiting"), { body: value() }).catch(e => {
    if (!(e instanceof Problem)) throw e;
  });
}

const crashTheLeader = {
  title: "Crash the leader",
  will: "The followers receive no more heartbeats. The first one whose countdown ends asks for votes and becomes leader of a new "
    + "term, usually within a second.",
  source: "§5.2",
  steps: [
    {
      label: "Crash the leader",
      run: async ({ leader }, faults) => {
        await faults.node(leader, "crash");
        return `${leader} has crashed. Watch the countdowns: another node soon becomes leader, and its first entry has a new `
          + "colour.";
      },
    },
    {
      label: "Restart the node",
      run: async ({ leader }, faults) => {
        await faults.node(leader, "restart");
        return `${leader} reads its journal, learns of the new term and becomes a follower.`;
      },
    },
  ],
};

const leaveOneBehind = {
  title: "A crashed follower catches up",
  will: "A crashed follower misses writes. After its restart the leader finds where their logs diverge and sends the rest.",
  source: "§5.3",
  steps: [
    {
      label: "Crash a follower and write ten keys",
      run: async ({ others }, faults) => {
        await faults.node(others[0], "crash");
        await write(10);
        return `${others[0]} lacks ten entries, but a majority has them, so they are committed.`;
      },
    },
    {
      label: "Restart the node",
      run: async ({ others }, faults) => {
        await faults.node(others[0], "restart");
        return `Watch the log of ${others[0]} fill up.`;
      },
    },
  ],
};

const loseTheMajority = {
  title: "Lose the majority",
  will: "A write needs a majority of the nodes. Without one, the entry stays uncommitted in the leader's log, "
    + "and the leader steps down.",
  source: "§5.3, dissertation §6.2",
  steps: [
    {
      label: "Pause all followers and write a key",
      run: async (picked, faults) => {
        await leadHere(picked);
        await each(picked.elsewhere, name => faults.node(name, "pause"));
        writeInVain();
        return `${picked.here} was the leader and is now alone. The dashed entry in its log is not committed.`;
      },
    },
    {
      label: "Resume the followers",
      run: async ({ elsewhere }, faults) => {
        await each(elsewhere, name => faults.node(name, "resume"));
        return "The nodes elect a leader again. If it has the entry, the entry is committed; otherwise it is replaced.";
      },
    },
  ],
};

const replaceATail = {
  title: "Replace an uncommitted entry",
  will: "A leader that is cut off accepts a write alone. The others elect a leader that has never seen it and continue. When the "
    + "links heal, the entry is replaced. No client was told that it was committed.",
  source: "§5.3, figure 7",
  steps: [
    {
      label: "Cut the leader off and write to it",
      run: async (picked, faults) => {
        await leadHere(picked);
        await each(picked.elsewhere, name => faults.link(picked.here, name, true));
        writeInVain();
        return `${picked.here} has an entry that no other node receives. Soon the others elect their own leader, and the logs `
          + "differ.";
      },
    },
    {
      label: "Heal the links",
      run: async ({ here, elsewhere }, faults) => {
        await each(elsewhere, name => faults.link(here, name, false));
        return `The new leader replaces the entry that only ${here} had. All logs are equal again.`;
      },
    },
  ],
};

const cutTheLeaderOff = {
  title: "Cut the leader off",
  will: "The leader keeps running but reaches no other node. The others elect a new one, so two nodes think that they lead, "
    + "in different terms, and only the newer one can commit. The old one notices and steps down.",
  source: "§5.1, dissertation §6.2",
  steps: [
    {
      label: "Cut the leader's links",
      run: async ({ leader, others }, faults) => {
        await each(others, name => faults.link(leader, name, true));
        return `${leader} is cut off from all other nodes.`;
      },
    },
    {
      label: "Heal the links",
      run: async ({ leader, others }, faults) => {
        await each(others, name => faults.link(leader, name, false));
        return `${leader} learns of the new term and becomes a follower.`;
      },
    },
  ],
};

const cutAFollowerOff = {
  title: "Cut a follower off",
  will: "Its countdown ends again and again, but before each election it asks whether the others would vote for it (pre-vote). "
    + "None would, so its term does not rise, and it does not depose the leader when it returns.",
  source: "dissertation §9.6",
  steps: [
    {
      label: "Cut a follower's links",
      run: async ({ leader, others }, faults) => {
        await each([leader, ...others.slice(1)], name => faults.link(others[0], name, true));
        return `${others[0]} is cut off from all other nodes. Its term does not change.`;
      },
    },
    {
      label: "Heal the links",
      run: async ({ leader, others }, faults) => {
        await each([leader, ...others.slice(1)], name => faults.link(others[0], name, false));
        return `${others[0]} follows again, and the leader has not changed.`;
      },
    },
  ],
};

export const experiments = [crashTheLeader, leaveOneBehind, cutTheLeaderOff, cutAFollowerOff, loseTheMajority, replaceATail];
