export {
  type ApiResourceKeys,
  type GetApiResourceArgs,
  type GetApiResourceOutputArgs,
  type GetApiResourceResult,
  getApiResource,
  getApiResourceOutput,
  type ScopeResult,
} from "./look-ups/get-api-resource";
export {
  type GetApiResourcesArgs,
  type GetApiResourcesOutputArgs,
  getApiResources,
  getApiResourcesOutput,
  type ListedApiResource,
} from "./look-ups/get-api-resources";
export {
  type ApplicationKeys,
  type GetApplicationArgs,
  type GetApplicationOutputArgs,
  type GetApplicationResult,
  getApplication,
  getApplicationOutput,
} from "./look-ups/get-application";
export {
  type GetOrganizationInfoResult,
  getOrganizationInfo,
  getOrganizationInfoOutput,
} from "./look-ups/get-organization-info";
export type { LookUpOptions, LookUpOutputOptions } from "./look-ups/look-up";
export { Provider, type ProviderArgs } from "./provider";
export {
  ApiAuthorization,
  type ApiAuthorizationArgs,
  type ApiAuthorizationOutputs,
} from "./resources/api-authorization";
export { ApiResource, type ApiResourceArgs, type ScopeArgs } from "./resources/api-resource";
export { Application, type ApplicationArgs, type ApplicationOutputs } from "./resources/application";
export type {
  AdvancedConfigurationArgs,
  AttestationArgs,
  CertificateArgs,
  DiscoverableGroupArgs,
  GroupArgs,
  TrustedAppArgs,
} from "./resources/application/advanced-configuration";
export type { AssociatedRolesArgs } from "./resources/application/associated-roles";
export type {
  AuthenticationOptionArgs,
  AuthenticationSequenceArgs,
  AuthenticationStepArgs,
} from "./resources/application/authentication-sequence";
export type {
  ClaimConfigurationArgs,
  ClaimMappingArgs,
  RequestedClaimArgs,
  RoleClaimArgs,
  RoleMappingArgs,
  SubjectClaimArgs,
} from "./resources/application/claim-configuration";
export type { GrantType, OidcArgs } from "./resources/application/oidc";
export type {
  CibaArgs,
  ClientAuthenticationArgs,
  HybridFlowArgs,
  LogoutArgs,
  PkceArgs,
  RequestObjectArgs,
  RequestObjectEncryptionArgs,
  SubjectArgs,
} from "./resources/application/oidc-security";
export type {
  AccessTokenArgs,
  IdTokenArgs,
  IdTokenEncryptionArgs,
  RefreshTokenArgs,
  SubjectTokenArgs,
} from "./resources/application/oidc-tokens";
