import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { requireKnownKeys } from './reserved-variables.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: the runtimes that this one process can stand for. */
const runtimes = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'];

const variables = z.record(z.string().regex(/^[a-zA-Z]\w+$/), z.string());

const logLevel = z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);

const loggingConfig = z.object({
  LogFormat: z.enum(['Text', 'JSON']).default('Text'),
  ApplicationLogLevel: logLevel.optional(),
  SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
  LogGroup: z.string().min(1).max(512).optional(),
});

const members = {
  Role: z.string().regex(/^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/.+$/),
  Runtime: z.string(),
  /** Stored: this machine runs what it runs. */
  Architectures: z.array(z.enum(['arm64', 'x86_64'])).length(1),
  Handler: z.string().min(1).max(128).regex(/^\S+$/),
  Description: z.string().max(256),
  Timeout: z.int().min(1).max(900),
  MemorySize: z.int().min(128).max(10_240),
  Environment: z.object({ Variables: variables.default({}) }),
  TracingConfig: z.object({ Mode: z.enum(['Active', 'PassThrough']) }),
  EphemeralStorage: z.object({ Size: z.int().min(512).max(10_240) }),
  LoggingConfig: loggingConfig,
  KMSKeyArn: z.string(),
  // A target that is named and gets nothing would be worse than a refusal.
  DeadLetterConfig: z.object({
    TargetArn: z.literal('', { error: 'The local AWS does not support DeadLetterConfig: it sends failed events nowhere' }).optional(),
  }),
};

const allMembers = z.object(members);

/** Any of the settings that `CreateFunction` and `UpdateFunctionConfiguration` share (Lambda API Reference). */
export const configurationChange = allMembers.partial();

export type ConfigurationChange = z.output<typeof configurationChange>;

type AllMembers = z.output<typeof allMembers>;
type OptionalMember = 'KMSKeyArn' | 'DeadLetterConfig';

/** How a version of a function runs. */
export type FunctionConfiguration = Omit<AllMembers, OptionalMember> & Partial<Pick<AllMembers, OptionalMember>>;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

const given = (change: ConfigurationChange): Partial<FunctionConfiguration> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

/** The service's defaults (Lambda API Reference, CreateFunction). */
const defaults = {
  Description: '',
  Timeout: 3,
  MemorySize: 128,
  Environment: { Variables: {} },
  TracingConfig: { Mode: 'PassThrough' },
  EphemeralStorage: { Size: 512 },
  LoggingConfig: { LogFormat: 'Text' },
} as const;

const requireRunnable = (configuration: Partial<FunctionConfiguration>): FunctionConfiguration => {
  const { Role, Runtime, Handler, ...rest } = configuration;
  if (Role === undefined || Runtime === undefined || Handler === undefined)
    throw invalid('Role, Runtime and Handler are mandatory for a function of PackageType Zip.');
  if (!runtimes.includes(Runtime)) throw invalid(`The local AWS runs ${runtimes.join(', ')}, not ${Runtime}.`);
  requireKnownKeys(rest.Environment?.Variables ?? {});
  return { ...defaults, Architectures: ['x86_64'], ...rest, Role, Runtime, Handler };
};

/** Settings with a change applied to them. Throws `InvalidParameterValueException` when the result cannot run. */
export const configured = (current: Partial<FunctionConfiguration>, change: ConfigurationChange): FunctionConfiguration =>
  requireRunnable({ ...current, ...given(change) });
