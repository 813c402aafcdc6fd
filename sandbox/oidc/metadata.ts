/** What the server says of its OpenID Connect support: GET /applications/meta/inbound-protocols/oidc. */
export const oidcMetadata = {
  allowedGrantTypes: {
    options: [
      {
        name: "refresh_token",
        displayName: "Refresh Token",
        publicClientAllowed: true,
      },
      {
        name: "urn:ietf:params:oauth:grant-type:saml2-bearer",
        displayName: "SAML2",
        publicClientAllowed: true,
      },
      {
        name: "implicit",
        displayName: "Implicit",
        publicClientAllowed: false,
      },
      {
        name: "password",
        displayName: "Password",
        publicClientAllowed: true,
      },
      {
        name: "client_credentials",
        displayName: "Client Credential",
        publicClientAllowed: false,
      },
      {
        name: "iwa:ntlm",
        displayName: "IWA-NTLM",
        publicClientAllowed: true,
      },
      {
        name: "urn:ietf:params:oauth:grant-type:device_code",
        displayName: "Device Code",
        publicClientAllowed: true,
      },
      {
        name: "authorization_code",
        displayName: "Code",
        publicClientAllowed: true,
      },
      {
        name: "urn:openid:params:grant-type:ciba",
        displayName: "CIBA",
        publicClientAllowed: false,
      },
      {
        name: "account_switch",
        displayName: "account_switch",
        publicClientAllowed: true,
      },
      {
        name: "urn:ietf:params:oauth:grant-type:token-exchange",
        displayName: "Token Exchange",
        publicClientAllowed: true,
      },
      {
        name: "organization_switch",
        displayName: "Organization Switch",
        publicClientAllowed: true,
      },
      {
        name: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        displayName: "JWT Bearer",
        publicClientAllowed: true,
      },
    ],
  },
  defaultUserAccessTokenExpiryTime: "3600",
  defaultApplicationAccessTokenExpiryTime: "3600",
  defaultRefreshTokenExpiryTime: "86400",
  defaultIdTokenExpiryTime: "3600",
  idTokenEncryptionAlgorithm: {
    options: ["RSA-OAEP", "RSA1_5", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"],
    defaultValue: "RSA-OAEP",
  },
  idTokenEncryptionMethod: {
    options: ["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A128CBC+HS256", "A192CBC-HS384"],
    defaultValue: "A128GCM",
  },
  scopeValidators: {
    options: ["Role based scope validator"],
  },
  accessTokenType: {
    options: ["JWT", "Default"],
    defaultValue: "Default",
  },
  accessTokenBindingType: {
    options: ["None", "cookie", "sso-session", "device-flow", "DPoP", "certificate", "client-request"],
    defaultValue: "None",
  },
  tokenEndpointAuthMethod: {
    options: [
      {
        name: "",
        displayName: "Select Option",
      },
      {
        name: "client_secret_post",
        displayName: "Client Secret Post",
      },
      {
        name: "private_key_jwt",
        displayName: "Private Key JWT",
      },
      {
        name: "tls_client_auth",
        displayName: "Mutual TLS",
      },
      {
        name: "client_secret_basic",
        displayName: "Client Secret Basic",
      },
    ],
  },
  tokenEndpointSignatureAlgorithm: {
    options: ["PS256", "ES256", "ES384", "RS384", "SHA256withRSA"],
  },
  tokenEndpointAllowReusePvtKeyJwt: false,
  idTokenSignatureAlgorithm: {
    options: ["Select Option", "PS256", "SHA256withRSA"],
  },
  requestObjectSignatureAlgorithm: {
    options: ["Select Option", "PS256", "ES256", "SHA256withRSA"],
  },
  requestObjectEncryptionAlgorithm: {
    options: ["Select Option", "RSA-OAEP", "RSA1_5", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"],
  },
  requestObjectEncryptionMethod: {
    options: ["Select Option", "A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A128CBC+HS256", "A192CBC-HS384"],
  },
  subjectType: {
    options: ["public", "pairwise"],
    defaultValue: "public",
  },
  fapiMetadata: {
    allowedFapiProfiles: {
      options: ["FAPI1_ADVANCED"],
    },
    allowedSignatureAlgorithms: {
      options: ["PS256", "ES256"],
    },
    allowedEncryptionAlgorithms: {
      options: ["Select Option", "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"],
    },
    tokenEndpointAuthMethod: {
      options: [
        {
          name: "private_key_jwt",
          displayName: "Private Key JWT",
        },
        {
          name: "tls_client_auth",
          displayName: "Mutual TLS",
        },
      ],
    },
  },
  cibaMetadata: {
    supportedNotificationChannels: [
      {
        name: "external",
        displayName: "External",
      },
      {
        name: "email",
        displayName: "Email",
      },
      {
        name: "sms",
        displayName: "SMS",
      },
    ],
  },
  allowedIssuers: null,
};

const algorithms = oidcMetadata.idTokenEncryptionAlgorithm.options;
const methods = oidcMetadata.idTokenEncryptionMethod.options;

/** What a configuration may name. Wider than the metadata where the server takes more than it advertises. */
export const choices = {
  grantTypes: new Set(oidcMetadata.allowedGrantTypes.options.map(({ name }) => name)),
  accessTokenTypes: new Set([...oidcMetadata.accessTokenType.options, "Opaque"]),
  bindingTypes: new Set(oidcMetadata.accessTokenBindingType.options),
  authMethods: new Set(oidcMetadata.tokenEndpointAuthMethod.options.map(({ name }) => name)),
  signatureAlgorithms: new Set([
    ...oidcMetadata.tokenEndpointSignatureAlgorithm.options,
    ...oidcMetadata.idTokenSignatureAlgorithm.options,
    ...oidcMetadata.requestObjectSignatureAlgorithm.options,
    "RS256",
  ]),
  encryptionAlgorithms: new Set(algorithms),
  encryptionMethods: new Set(methods),
  subjectTypes: new Set(oidcMetadata.subjectType.options),
  scopeValidators: new Set([...oidcMetadata.scopeValidators.options, "XACML Scope Validator"]),
} as const;
