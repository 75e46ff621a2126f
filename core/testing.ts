/**
 * `rookery/testing`: a real installation for the tests of a plugin, and the contract every plugin keeps.
 * @since 1
 */
export { createTestHost, type TestHost, type TestHostOptions, type TestResponse } from "./testing/test-host.ts";
export { TestNetwork, type ScriptedAnswer, type SentRequest } from "./testing/test-network.ts";
export { pluginContract, type ContractOptions } from "./testing/plugin-contract.ts";
