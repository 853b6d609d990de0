import type { ThingTypeProperties } from '@aws-sdk/client-iot';
import { invalidRequest } from '../refusals.ts';
import type { ValidInput } from '../valid-input.ts';

const attributeName = /^[a-zA-Z0-9_.,@/:#-]{1,128}$/;

// GR: three searchable attributes per thing type.
const maximumSearchable = 3;

export const checkThingTypeProperties = ({ searchableAttributes = [] }: ValidInput<ThingTypeProperties>): void => {
  if (searchableAttributes.length > maximumSearchable)
    throw invalidRequest(`A thing type has at most ${maximumSearchable} searchable attributes.`);
  const bad = searchableAttributes.find((name) => !attributeName.test(name));
  if (bad !== undefined) throw invalidRequest(`Searchable attribute '${bad}' must match ${attributeName.source}`);
};
