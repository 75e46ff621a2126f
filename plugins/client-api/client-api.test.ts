import test from "ava";
import { open } from "./client-api.testing.ts";

test("what is no address of the API says so in JSON", async (t) => {
  const { ask } = await open(t);
  t.pass();
  void ask;
});
