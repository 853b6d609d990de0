import { isJsonObject } from '../../json-object.ts';
import type { ResourceQuestion } from '../intrinsics/symbolic.ts';
import { answerQuestions, isSymbolic } from '../intrinsics/symbolic.ts';
import type { StackResource } from '../stacks/stack-resource.ts';

/** How change sets show a value that only the deployment will tell. */
const unknown = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Answers questions to resources that stay as they are; undefined for others. */
export type AnswerNow = (question: ResourceQuestion) => string | undefined;

/** What a deployed resource answers to `Ref` and `Fn::GetAtt` now. */
export const answerOf = (resource: StackResource, attribute: string | undefined): string | undefined => {
  if (attribute === undefined) return resource.physicalId;
  const value = Object.hasOwn(resource.attributes, attribute) ? resource.attributes[attribute] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** A planned value with what is known already filled in. */
export const knownValue = (planned: unknown, answer: AnswerNow): unknown => {
  if (isSymbolic(planned)) return answerQuestions(planned, answer) ?? unknown;
  if (Array.isArray(planned)) return planned.map((item) => knownValue(item, answer));
  if (!isJsonObject(planned)) return planned;
  return Object.fromEntries(Object.entries(planned).map(([key, member]) => [key, knownValue(member, answer)]));
};
