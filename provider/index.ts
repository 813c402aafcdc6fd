export { ApiAuthorization } from "./classes/api-authorization";
export { ApiResource } from "./classes/api-resource";
export { Application } from "./classes/application";
export { ApplicationShare } from "./classes/application-share";
export { Group } from "./classes/group";
export { Organization } from "./classes/organization";
export { Role } from "./classes/role";
export { User } from "./classes/user";
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
  type GetGroupArgs,
  type GetGroupOutputArgs,
  type GetGroupResult,
  type GroupById,
  type GroupByName,
  getGroup,
  getGroupOutput,
} from "./look-ups/get-group";
export {
  type GetOrganizationArgs,
  type GetOrganizationOutputArgs,
  type GetOrganizationResult,
  getOrganization,
  getOrganizationOutput,
  type OrganizationKeys,
} from "./look-ups/get-organization";

export {
  type GetOrganizationInfoResult,
  getOrganizationInfo,
  getOrganizationInfoOutput,
} from "./look-ups/get-organization-info";
export {
  type GetRoleArgs,
  type GetRoleOutputArgs,
  type GetRoleResult,
  getRole,
  getRoleOutput,
  type RoleById,
  type RoleByName,
} from "./look-ups/get-role";
export {
  type EmailResult,
  type GetUserArgs,
  type GetUserOutputArgs,
  type GetUserResult,
  getUser,
  getUserOutput,
  type UserById,
  type UserByName,
} from "./look-ups/get-user";

export type { LookUpOptions, LookUpOutputOptions } from "./look-ups/options";
export { Provider, type ProviderArgs } from "./provider";
export type { ApiAuthorizationArgs, ApiAuthorizationOutputs } from "./resources/api-authorization.args";
export type { ApiResourceArgs, ScopeArgs } from "./resources/api-resource.args";
export type {
  AdvancedConfigurationArgs,
  AttestationArgs,
  CertificateArgs,
  DiscoverableGroupArgs,
  TrustedAppArgs,
  UserGroupArgs,
} from "./resources/application/advanced-configuration.args";
export type { AssociatedRolesArgs } from "./resources/application/associated-roles.args";
export type {
  AuthenticationOptionArgs,
  AuthenticationSequenceArgs,
  AuthenticationStepArgs,
} from "./resources/application/authentication-sequence.args";
export type {
  ClaimConfigurationArgs,
  ClaimMappingArgs,
  RequestedClaimArgs,
  RoleClaimArgs,
  RoleMappingArgs,
  SubjectClaimArgs,
} from "./resources/application/claim-configuration.args";
export type { GrantType } from "./resources/application/grant-types";
export type { OidcArgs } from "./resources/application/oidc.args";
export type {
  CibaArgs,
  ClientAuthenticationArgs,
  HybridFlowArgs,
  LogoutArgs,
  PkceArgs,
  RequestObjectArgs,
  RequestObjectEncryptionArgs,
  SubjectArgs,
} from "./resources/application/oidc-security.args";
export type {
  AccessTokenArgs,
  IdTokenArgs,
  IdTokenEncryptionArgs,
  RefreshTokenArgs,
  SubjectTokenArgs,
} from "./resources/application/oidc-tokens.args";
export type { ApplicationArgs, ApplicationOutputs } from "./resources/application.args";
export type {
  ApplicationShareArgs,
  RoleSharingArgs,
  SharedOrganizationArgs,
} from "./resources/application-share.args";
export type { GroupArgs } from "./resources/group.args";
export type { OrganizationArgs, OrganizationOutputs } from "./resources/organization.args";
export type { RoleArgs } from "./resources/role.args";
export type { EmailArgs, PersonNameArgs, UserArgs } from "./resources/user.args";
