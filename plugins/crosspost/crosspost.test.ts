import test from "ava";
import { join } from "node:path";
import { crosspostTargetContract, pluginContract } from "rookery/testing";
import { CrosspostError } from "./api.ts";
import { emptyNest, nestPlugin } from "./nest.testing.ts";

pluginContract(test, join(import.meta.dirname));

// One service for all of the tests, each of which finds it empty: they come one after the other.
const nest = emptyNest();
crosspostTargetContract(test.serial as typeof test, join(import.meta.dirname), {
  dependents: [nestPlugin(nest)],
  prepare: () => {
    nest.held.clear();
    Object.assign(nest, { ...emptyNest(), held: nest.held });
    return "crosspost/crosspost-nest/kim";
  },
  copies: () => nest.held.size,
  failNext: (_, how) => {
    nest.errors.push(new CrosspostError(how === "for now" ? "transient" : "permanent", `Nest is ill ${how}.`));
  },
});
