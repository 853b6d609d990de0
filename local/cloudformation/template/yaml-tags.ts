import type { CollectionTag, ScalarTag } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

const functionNames = 'And Base64 Cidr Contains Equals FindInMap GetAtt GetAZs If ImportValue Join Not Or Select Split Sub Transform'.split(
  ' ',
);

const longName = (tag: string): string => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`);

/** `!GetAtt A.B.C` means the resource `A` and its attribute `B.C`. */
const scalarArgument = (tag: string, text: string): unknown => {
  const dot = text.indexOf('.');
  return tag === 'GetAtt' && dot > 0 ? [text.slice(0, dot), text.slice(dot + 1)] : text;
};

const scalarTag = (tag: string): ScalarTag => ({
  tag: `!${tag}`,
  resolve: (text) => ({ [longName(tag)]: scalarArgument(tag, text) }),
});

const collectionTag = (tag: string, collection: 'seq' | 'map'): CollectionTag => ({
  tag: `!${tag}`,
  collection,
  // The nodes inside carry tags of their own, so the value is taken from the finished collection.
  resolve: (node) => {
    const argument: unknown = isSeq(node) || isMap(node) ? node.toJSON() : undefined;
    return { [longName(tag)]: argument };
  },
});

const customTags = [...functionNames, 'Ref', 'Condition'].flatMap((tag) => [
  scalarTag(tag),
  collectionTag(tag, 'seq'),
  collectionTag(tag, 'map'),
]);

/** Parses YAML with CloudFormation's short forms of functions, e.g. `!Sub`. Throws the parser's error. */
export const parseTemplateYaml = (text: string): unknown => {
  const document = parseDocument(text, { customTags, version: '1.1', schema: 'core', merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  if (isScalar(document.contents)) return undefined;
  return document.toJS();
};
