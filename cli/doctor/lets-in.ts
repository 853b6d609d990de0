import * as z from 'zod/mini';

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policy = z.object({
  Statement: z.array(
    z.looseObject({
      Effect: z.string(),
      Action: oneOrMore,
      Principal: z.optional(z.union([z.string(), z.looseObject({ Service: z.optional(oneOrMore) })])),
      Condition: z.optional(z.record(z.string(), z.record(z.string(), oneOrMore))),
    }),
  ),
});

/** Whether the resource policy of a function lets AWS IoT call it for one of its resources. */
export const letsIn = (text: string, sourceArn: string): boolean => {
  const read = z.safeParse(policy, JSON.parse(text));
  return read.data?.Statement.some((statement) => isForAwsIot(statement) && isAbout(statement, sourceArn)) ?? false;
};

type Statement = z.infer<typeof policy>['Statement'][number];

const isForAwsIot = ({ Effect, Principal }: Statement): boolean =>
  Effect === 'Allow' && typeof Principal === 'object' && [Principal.Service].flat().includes('iot.amazonaws.com');

// The operators that take an ARN do not care for the case of their names' first part: ArnLike, ArnEquals, StringEquals.
const isAbout = ({ Condition = {} }: Statement, sourceArn: string): boolean => {
  const sources = Object.values(Condition).flatMap((keys) => Object.entries(keys).filter(([key]) => key.toLowerCase() === 'aws:sourcearn'));
  return sources.length === 0 || sources.some(([, values]) => [values].flat().includes(sourceArn));
};
