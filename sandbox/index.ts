/**
 * An emulator of an Asgardeo tenant, to try programs on and to test them.
 *
 * @packageDocumentation
 */
export type { BackgroundOptions } from "./background";
export { FaultsError } from "./fault-rules";
export type { Group } from "./group/collection";
export type { ServedRequest } from "./journal";
export type { ApiResource, Scope } from "./models/api-resource";
export type { Application, Authorization } from "./models/application";
export type {
  DiskFullFault,
  ExpireTokensFault,
  FaultChoice,
  FaultedRequest,
  FaultRule,
  FaultTime,
  FloodFault,
  LatencyFault,
  MutateFault,
  PlayedFault,
  ResetFault,
  StaleReadFault,
  StatusFault,
  TruncateFault,
  WithdrawFault,
} from "./models/fault";
export type { OidcScope } from "./oidc-scope/collection";
export type { TenantOptions } from "./opening";
export type { Organization } from "./organization/collection";
export type { Role } from "./role/collection";
export { type ConsoleAnswer, type Sandbox, type SandboxOptions, startSandbox } from "./server";
export { StartError } from "./start-error";
export { StateError } from "./state-file";
export type { Tenant } from "./tenant";
export type { User } from "./user/collection";
export type { OwnUser } from "./user/own";
export type { Server } from "./versions";
