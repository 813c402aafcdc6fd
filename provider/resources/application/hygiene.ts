import { type Failure, pathText } from "../../core/check";
import type { Properties } from "../../core/clean";
import { isUnknown } from "../../core/unknown";
import { isObject } from "../wire";
import { httpHosts, loosenessOf } from "./redirect-pattern";

/** What a rule finds: where below `oidc`, and what is wrong, why, and what to do. */
type Finding = readonly [path: readonly (string | number)[], reason: string];

/**
 * A rule over `oidc`. Any value in it may be unknown or of a wrong kind: what is not known is never held against the
 * program, and what is wrong is told elsewhere.
 */
type Rule = (oidc: Properties) => Finding[];

/** What the server accepts and good practice does not: RFC 9700 and the draft of OAuth 2.1 (draft-ietf-oauth-v2-1). */
export function hygiene(args: Properties): Failure[] {
  const { oidc } = args;
  if (!isObject(oidc)) return [];
  return rules
    .flatMap((rule) => rule(oidc))
    .map(([path, reason]) => ({ property: "oidc", reason: `${pathText(["oidc", ...path])}: ${reason}` }));
}

/** RFC 9700 section 2.6, RFC 8252 section 7.3, OAuth 2.1 section 8.4.2: no `http` redirect but to the own machine. */
const httpRedirect: Rule = (oidc) =>
  redirects(oidc).flatMap(([path, url]): Finding[] => {
    const hosts = url.startsWith(prefix) ? httpHosts(url) : httpHostOf(url);
    const host = hosts.find((each) => !loopback.has(each.toLowerCase()));
    if (host === undefined) return [];
    const where = host === "" ? "a host that is not spelled out" : `\`${host}\``;
    const reason = `sends authorization codes over \`http\` to ${where}, where whoever is on the way can read them (RFC 9700 section 2.6); use \`https\`: \`http\` is for 127.0.0.1, [::1] and localhost only`;
    return [[path, reason]];
  });

/** RFC 9700 sections 2.1 and 4.1, OAuth 2.1 section 2.3.1: redirect URIs are compared as a whole, without patterns. */
const wildcardRedirect: Rule = (oidc) =>
  redirects(oidc).flatMap(([path, url]): Finding[] => {
    const problem = url.startsWith(prefix) ? patternProblem(url.slice(prefix.length)) : starProblem(url);
    if (problem === undefined) return [];
    return [[path, `${problem} (RFC 9700 sections 2.1 and 4.1)`]];
  });

/** RFC 9700 section 2.1.2, OAuth 2.1 section 10.1: the implicit grant is gone. */
const implicitGrant: Rule = (oidc) =>
  grants(oidc, "implicit").map((path) => [
    path,
    "the implicit grant puts access tokens into URLs, where they leak through the browser's history and can be injected (RFC 9700 section 2.1.2); use `authorization_code` with PKCE instead",
  ]);

/** RFC 9700 section 2.1.2, OAuth 2.1 section 10.1: the same by the hybrid flow, with a response type that has `token`. */
const hybridToken: Rule = (oidc) => {
  const types = at(oidc, "hybridFlow", "responseType");
  if (at(oidc, "hybridFlow", "enable") !== true || typeof types !== "string" || !/(^|[ ,])token([ ,]|$)/.test(types)) {
    return [];
  }
  const reason =
    "a response type with `token` puts access tokens into URLs, where they leak through the browser's history and can be injected (RFC 9700 section 2.1.2); use `code id_token`, or the code flow with PKCE";
  return [[["hybridFlow", "responseType"], reason]];
};

/** RFC 9700 section 2.4: the password grant must not be used. OAuth 2.1 section 4 does not have it any more. */
const passwordGrant: Rule = (oidc) =>
  grants(oidc, "password").map((path) => [
    path,
    "the password grant gives the user's password to the application, and rules out second factors (RFC 9700 section 2.4); use `authorization_code`, or `client_credentials` where no user takes part",
  ]);

/** RFC 9700 section 2.1.1, RFC 7636, OAuth 2.1 section 7.5.1: a public client must use PKCE, so the server should insist. */
const publicClientWithoutPkce: Rule = (oidc) => {
  const { publicClient, pkce } = oidc;
  if (publicClient !== true || grants(oidc, "authorization_code").length === 0 || isUnknown(pkce)) return [];
  const mandatory = isObject(pkce) ? pkce.mandatory : undefined;
  if (mandatory === true || isUnknown(mandatory)) return [];
  const reason =
    "a public client has no secret, so without PKCE whoever gets hold of an authorization code can use it (RFC 9700 section 2.1.1); set `pkce: { mandatory: true }`";
  return [[["pkce", "mandatory"], reason]];
};

/** RFC 6749 section 4.4, OAuth 2.1 section 4.2: the grant is for confidential clients only. */
const publicClientCredentials: Rule = (oidc) =>
  oidc.publicClient !== true
    ? []
    : grants(oidc, "client_credentials").map((path) => [
        path,
        "a public client cannot prove who it is, so anybody who knows its client id would get its tokens (RFC 6749 section 4.4); take the grant out, or make it a confidential client (`publicClient: false`) that keeps its secret",
      ]);

const day = 86_400;
const longestRefresh = 90 * day;

/** RFC 9700 sections 2.2.2 and 4.14.2, OAuth 2.1 section 4.3.3: refresh tokens end. The limit of 90 days is this package's. */
const longRefreshToken: Rule = (oidc) => {
  const seconds = at(oidc, "refreshToken", "expiryInSeconds");
  if (typeof seconds !== "number" || seconds <= longestRefresh || grants(oidc, "refresh_token").length === 0) return [];
  const reason = `a refresh token that lives for ${days(seconds)} is as good as a password to whoever steals it (RFC 9700 section 4.14.2); give it at most 90 days (${longestRefresh}), and renew it at each use (\`renewRefreshToken: true\`)`;
  return [[["refreshToken", "expiryInSeconds"], reason]];
};

/** RFC 6750 section 5.3, OAuth 2.1 section 7.1.3: bearer tokens live shortly. The limit of 24 hours is this package's. */
const longJwtAccessToken: Rule = (oidc) => {
  if (at(oidc, "accessToken", "type") !== "JWT") return [];
  const names = ["userAccessTokenExpiryInSeconds", "applicationAccessTokenExpiryInSeconds"];
  return names.flatMap((name): Finding[] => {
    const seconds = at(oidc, "accessToken", name);
    if (typeof seconds !== "number" || seconds <= day) return [];
    const reason = `APIs accept a JWT until it expires, even after it was revoked: ${days(seconds)} is too long for one that was stolen (RFC 6750 section 5.3); give it an hour or less (3600), at most 24 hours (${day}), and use refresh tokens`;
    return [[["accessToken", name], reason]];
  });
};

const rules: readonly Rule[] = [
  httpRedirect,
  wildcardRedirect,
  implicitGrant,
  hybridToken,
  passwordGrant,
  publicClientWithoutPkce,
  publicClientCredentials,
  longRefreshToken,
  longJwtAccessToken,
];

const prefix = "regexp=";
const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** The redirect URIs that are known, each with its path. */
function redirects(oidc: Properties): [path: (string | number)[], url: string][] {
  return list(oidc.callbackUrls).flatMap((url, i): [(string | number)[], string][] =>
    typeof url === "string" && !isUnknown(url) ? [[["callbackUrls", i], url]] : [],
  );
}

function httpHostOf(url: string): string[] {
  return /^http:/i.test(url) && URL.canParse(url) ? [new URL(url).hostname] : [];
}

function starProblem(url: string): string | undefined {
  if (!url.includes("*")) return undefined;
  return "`*` does not stand for anything here, since redirect URIs are compared as a whole, and a wildcard would send codes to hosts that you do not control; list each URL";
}

function patternProblem(pattern: string): string | undefined {
  const { dot, host } = loosenessOf(pattern);
  if (host) {
    return "this pattern does not spell its host out, so it can match hosts that you do not control, which then receive authorization codes; list each URL instead";
  }
  if (!dot) return undefined;
  return "an unescaped `.` in a pattern stands for any character, so this one matches other URLs than it seems to, which then receive authorization codes; list each URL instead, or write `\\.`";
}

/** The places where a grant type stands. */
function grants(oidc: Properties, grant: string): (string | number)[][] {
  return list(oidc.grantTypes).flatMap((each, i) => (each === grant ? [["grantTypes", i]] : []));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function at(oidc: Properties, member: string, name: string): unknown {
  const value = oidc[member];
  return isObject(value) ? value[name] : undefined;
}

function days(seconds: number): string {
  const count = Math.round((seconds / day) * 10) / 10;
  return `${count} days`;
}
