import { isJsonObject, type JsonObject } from '../json-object.ts';
import type { UnsignedRequest } from '../gateway/unsigned-request.ts';

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isForm = ({ headers }: UnsignedRequest): boolean => (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

const bodyMembers = (request: UnsignedRequest): JsonObject => {
  const text = request.body.toString('utf8');
  if (isForm(request)) return Object.fromEntries(new URLSearchParams(text));
  const parsed = parseJson(text);
  return isJsonObject(parsed) ? parsed : {};
};

/** Top-level members of a request, whatever protocol carries them; what travels in the path has no name. */
export const requestMembers = (request: UnsignedRequest): JsonObject => ({ ...Object.fromEntries(request.query), ...bodyMembers(request) });

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Every text in which a request may name a resource: segments of its path, the path's tail, its members at any depth. */
export const requestTexts = (request: UnsignedRequest): readonly string[] => [
  ...request.path.split('/').map(decode),
  decode(request.path.slice(1)),
  ...textsIn(requestMembers(request)),
];
