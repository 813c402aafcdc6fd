import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8 from compiling undici's HTTP parser, which is WebAssembly, a second time and better: that takes from 12 MB
 * (Node.js 22) to 35 MB (Node.js 20) for a moment, in each of the processes that Pulumi has for the providers of a program,
 * and more time than it saves in the few hundred requests of a run. Only for such a process: it holds for all WebAssembly
 * there.
 */
export function keepParserSmall(): void {
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
}
