// The experiments: what will happen and why, where it stands in the paper, and the steps.
// "§" alone is the paper (Ongaro and Ousterhout 2014); "dissertation" is Ongaro's (2014).
import { keyPath, post, Problem, send } from "./api.js";

const each = (names, run) => Promise.all(names.map(run));
const value = () => new Date().toISOString();

/** Writes some keys, one after the other. */
async function write(count) {
  for (let i = 1; i <= count; i++) await send("PUT", keyPath(`experiment/${i}`), { body: value() });
}

/**
 * Lets the node that this page asks lead: only from this node can the page still reach a leader that nobody else hears.
 */
async function leadHere({ leader, here }) {
  if (leader === here) return;
  await post("leadership/transfer", { to: here });
}

/** Sends a write that can't be done for now, and does not wait for its answer. */
function writeInVain() {
  send("PUT", keyPath("experiment/waiting"), { body: value() }).catch(e => {
    if (!(e instanceof Problem)) throw e;
  });
}

const crashTheLeader = {
  title: "Crash the leader and watch",
  will: "The followers hear no more heartbeats. The first whose countdown ends asks for votes, and leads in a newer term, "
    + "usually within a second.",
  source: "§5.2",
  steps: [
    {
      label: "Crash the leader",
      run: async ({ leader }, faults) => {
        await faults.node(leader, "crash");
        return `${leader} is gone. Watch the countdowns: one of the others leads soon, and its first entry has a new colour.`;
      },
    },
    {
      label: "Restart it",
      run: async ({ leader }, faults) => {
        await faults.node(leader, "restart");
        return `${leader} reads its journal, hears of the newer term and follows.`;
      },
    },
  ],
};

const leaveOneBehind = {
  title: "A node that was away catches up",
  will: "A crashed follower misses writes. When it is back, the leader finds out where their logs part and sends the rest.",
  source: "§5.3",
  steps: [
    {
      label: "Crash a follower and write ten keys",
      run: async ({ others }, faults) => {
        await faults.node(others[0], "crash");
        await write(10);
        return `${others[0]} lacks ten entries; a majority has them, so they are committed all the same.`;
      },
    },
    {
      label: "Restart it",
      run: async ({ others }, faults) => {
        await faults.node(others[0], "restart");
        return `Look at ${others[0]}'s row of the log: it fills up.`;
      },
    },
  ],
};

const loseTheMajority = {
  title: "Take away the majority",
  will: "A write needs more than half of the nodes. With fewer the entry stays in the leader's log without being committed, "
    + "and the leader gives up.",
  source: "§5.3, dissertation §6.2",
  steps: [
    {
      label: "Pause all followers and write a key",
      run: async (picked, faults) => {
        await leadHere(picked);
        await each(picked.elsewhere, name => faults.node(name, "pause"));
        writeInVain();
        return `${picked.here} led and is alone. The entry in its log has a broken border: it is not committed.`;
      },
    },
    {
      label: "Resume them",
      run: async ({ elsewhere }, faults) => {
        await each(elsewhere, name => faults.node(name, "resume"));
        return "They elect a leader again. If it has the entry, the entry is committed now; else it is replaced.";
      },
    },
  ],
};

const replaceATail = {
  title: "An entry that was never committed is replaced",
  will: "A leader that is cut off takes a write alone. The others elect a leader that has never seen it, and go on; when the "
    + "link is back, the entry has to go. Nobody was told that it was done.",
  source: "§5.3, figure 7",
  steps: [
    {
      label: "Cut the leader off and write through it",
      run: async (picked, faults) => {
        await leadHere(picked);
        await each(picked.elsewhere, name => faults.link(picked.here, name, true));
        writeInVain();
        return `${picked.here} has an entry that nobody else gets. Soon the others have their own leader, and the rows differ.`;
      },
    },
    {
      label: "Heal the links",
      run: async ({ here, elsewhere }, faults) => {
        await each(elsewhere, name => faults.link(here, name, false));
        return `The new leader overwrites what only ${here} had; all rows are the same again.`;
      },
    },
  ],
};

const cutTheLeaderOff = {
  title: "Cut the leader off",
  will: "The leader runs on but reaches nobody. The others elect a new one: two believe that they lead, in different terms, and "
    + "only the newer can commit. The old one notices and steps down.",
  source: "§5.1, dissertation §6.2",
  steps: [
    {
      label: "Cut the leader's links",
      run: async ({ leader, others }, faults) => {
        await each(others, name => faults.link(leader, name, true));
        return `${leader} hears nobody any more.`;
      },
    },
    {
      label: "Heal them",
      run: async ({ leader, others }, faults) => {
        await each(others, name => faults.link(leader, name, false));
        return `${leader} hears of the newer term and follows.`;
      },
    },
  ],
};

const cutAFollowerOff = {
  title: "Cut a follower off",
  will: "Its countdown ends again and again, but before an election it asks whether anybody would vote for it. Nobody does, so "
    + "its term does not rise, and it disturbs nobody when it is back.",
  source: "dissertation §9.6",
  steps: [
    {
      label: "Cut a follower's links",
      run: async ({ leader, others }, faults) => {
        await each([leader, ...others.slice(1)], name => faults.link(others[0], name, true));
        return `${others[0]} hears nobody. Its term stays as it is.`;
      },
    },
    {
      label: "Heal them",
      run: async ({ leader, others }, faults) => {
        await each([leader, ...others.slice(1)], name => faults.link(others[0], name, false));
        return `${others[0]} follows again, and the leader is still the same.`;
      },
    },
  ],
};

export const experiments = [crashTheLeader, leaveOneBehind, cutTheLeaderOff, cutAFollowerOff, loseTheMajority, replaceATail];
