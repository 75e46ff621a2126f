/**
 * `rookery/testing`: a real installation for the tests of a plugin, and the contracts that plugins keep.
 * @since 1
 */
export { createTestHost, type TestHost, type TestHostOptions } from "./testing/test-host.ts";
export type { TestDraft } from "./testing/host/installation.ts";
export type { TestFile, TestRequest, TestResponse } from "./testing/host/outgoing.ts";
export type { TestBlog } from "./testing/host/populate.ts";
export type { TestVisitor } from "./testing/host/test-visitor.ts";
export { TestClock } from "./testing/test-clock.ts";
export { TestNetwork } from "./testing/test-network.ts";
export type { ScriptedAnswer } from "./testing/network/answer.ts";
export type { Script } from "./testing/network/scripts.ts";
export type { SentBody, SentFile, SentRequest } from "./testing/network/sent-request.ts";
export { people, sampleBlogs, samplePosts, type TestPerson } from "./testing/fixtures.ts";
export { pluginContract, type ContractOptions } from "./testing/plugin-contract.ts";
export { crosspostTargetContract, type TargetContractOptions } from "./testing/target-contract.ts";
export { importerContract, type ImporterContractOptions } from "./testing/importer-contract.ts";
