import ts from "typescript";
import { commentOf } from "./comment.mjs";
import { pageOf } from "./layout.mjs";
import { code, fenced, href, page, prose, tableOrList } from "./markdown.mjs";
import { checkComment } from "./rules.mjs";
import { shapeOf } from "./shape.mjs";
import { memberType } from "./types.mjs";

/**
 * @import { Source } from "./source.mjs"
 * @import { Named } from "./types.mjs"
 */

export const lookUpsPage = pageOf("look-ups");

/** The functions that read the tenant, without the forms that answer an output. @param {Source} source */
export function lookUpsOf(source) {
  const functions = source.functions();
  return [...functions].flatMap(([name, declaration]) => {
    if (name.endsWith("Output") && functions.has(name.replace(/Output$/, ""))) return [];
    return [{ name, declaration, comment: commentOf(declaration), later: functions.get(`${name}Output`) }];
  });
}

/** The page of all look-ups; undefined where there are none. @param {Source} source */
export function lookUpsText(source) {
  const lookUps = lookUpsOf(source);
  if (lookUps.length === 0) return undefined;
  /** Types that get a section of their own. @type {Named[]} */
  const queue = [];
  const sections = lookUps.flatMap((lookUp) => sectionOf(source, lookUp, queue));
  const options = [...source.functions().values()].flatMap(({ parameters }) =>
    parameters.filter((parameter) => parameter.name.getText() === "opts").flatMap(({ type }) => type ?? []),
  );
  for (const { found } of options.map((node) => resolved(source, node))) {
    if (found && !queue.includes(found)) queue.push(found);
  }
  const types = [];
  for (const declaration of queue) {
    types.push(`### ${declaration.name.text}`, prose(commentOf(declaration).text));
    if (ts.isInterfaceDeclaration(declaration)) types.push(members(source, declaration, queue));
  }
  return page(
    "# Look-ups",
    "Functions that read what is in the tenant, without managing it.",
    ...sections,
    "## Types",
    ...types,
  );
}

/** @param {Source} source @param {ReturnType<typeof lookUpsOf>[number]} lookUp @param {Named[]} queue */
function sectionOf(source, { name, declaration, comment, later }, queue) {
  if (!comment.text) source.problems.add(`${source.where(declaration)}: ${name} has no doc comment`);
  const args = formsOf(source, declaration.parameters.find((p) => p.name.getText() === "args")?.type);
  const result = declaration.type && ts.isTypeReferenceNode(declaration.type) && declaration.type.typeArguments?.[0];
  const answer = resolved(source, result || undefined);
  const isList = result && (ts.isArrayTypeNode(result) || ts.isTypeOperatorNode(result));
  return [
    `## ${name}`,
    prose(comment.text),
    ...comment.examples.map(fenced),
    ...(later ? [`${code(`${name}Output`)}: ${prose(commentOf(later).text)}`] : []),
    ...(args.forms.length > 0 ? ["### Its args", prose(args.text)] : []),
    ...args.forms.flatMap((form) => [
      ...(args.forms.length > 1 ? [prose(commentOf(form).text)] : []),
      members(source, form, queue),
    ]),
    ...(answer.found ? [isList ? "### Each that it answers" : "### Its answer", prose(answer.text)] : []),
    ...(answer.found ? [members(source, answer.found, queue)] : []),
  ];
}

/** The interfaces that args may be, and the comment of what they are together. @param {Source} source @param {ts.TypeNode | undefined} node @returns {{ forms: ts.InterfaceDeclaration[], text: string }} */
function formsOf(source, node) {
  const alias = node && ts.isTypeReferenceNode(node) ? source.declarationOf(node.typeName) : undefined;
  if (alias && ts.isTypeAliasDeclaration(alias) && ts.isUnionTypeNode(alias.type)) {
    const forms = alias.type.types.flatMap((type) => resolved(source, type).found ?? []);
    return { forms, text: commentOf(alias).text };
  }
  const { found, text } = resolved(source, node);
  return { forms: found ? [found] : [], text };
}

/** What an interface has, without what must not be given. @param {Source} source @param {ts.InterfaceDeclaration} declaration @param {Named[]} queue */
function members(source, declaration, queue) {
  const given = shapeOf(source, declaration).members.filter(({ type }) => type.kind !== ts.SyntaxKind.UndefinedKeyword);
  const rows = given.map((member) => {
    checkComment(source, member);
    const type = memberType(source, member, (found) => {
      const name = found.name?.text ?? "";
      if (ts.isClassDeclaration(found)) return href(lookUpsPage, pageOf(name));
      if (!queue.includes(found)) queue.push(found);
      return href(lookUpsPage, lookUpsPage, name);
    });
    return [code(member.name), member.optional ? `${type}, optional` : type, prose(member.text)];
  });
  return tableOrList([{ head: "Name" }, { head: "Type" }, { head: "Meaning" }], rows);
}

/** The interface behind a type, if there is one, and the comment of its alias. @param {Source} source @param {ts.TypeNode | undefined} node @returns {{ found?: ts.InterfaceDeclaration, text: string }} */
function resolved(source, node) {
  if (!node || !ts.isTypeReferenceNode(node)) {
    if (node && ts.isArrayTypeNode(node)) return resolved(source, node.elementType);
    return node && ts.isTypeOperatorNode(node) ? resolved(source, node.type) : { text: "" };
  }
  const declaration = source.declarationOf(node.typeName);
  if (declaration && ts.isInterfaceDeclaration(declaration)) {
    return { found: declaration, text: commentOf(declaration).text };
  }
  // `OneOf<Keys>` and `Promise<Result>` are about what stands between the brackets.
  const inner = declaration && ts.isTypeAliasDeclaration(declaration) ? declaration.type : node;
  const [argument] = ts.isTypeReferenceNode(inner) ? (inner.typeArguments ?? []) : [];
  const { found, text } = resolved(source, argument);
  return { found, text: declaration && inner !== node ? commentOf(declaration).text : text };
}
