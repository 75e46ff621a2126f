import test from "ava";
import { join } from "node:path";
import { pluginContract } from "rookery/testing";

pluginContract(test, join(import.meta.dirname));
