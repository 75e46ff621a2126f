import test from "ava";
import { pluginContract } from "rookery/testing";

pluginContract(test, import.meta.dirname, { requires: [`${import.meta.dirname}/../timeline`] });
