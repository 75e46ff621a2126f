import test from "ava";
import { pluginContract } from "rookery/testing";

const network = { on: (_request: string, _answer: object) => undefined };
pluginContract(test, import.meta.dirname, { network: (scripted: typeof network) => void scripted.on("* *", { status: 404 }) });
