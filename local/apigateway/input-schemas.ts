import * as z from 'zod';

// Members that are not named here are refused: the setting would do nothing.

const tags = z.record(z.string(), z.string());

const unlike = (what: string) => ({ error: `The local AWS does not support ${what}` });

export const apiInput = z.strictObject({
  name: z.string().min(1).max(128),
  protocolType: z.literal('HTTP', unlike('other APIs than HTTP')),
  description: z.string().max(1024).optional(),
  version: z.string().max(64).optional(),
  disableExecuteApiEndpoint: z.boolean().default(false),
  routeSelectionExpression: z.literal('${request.method} ${request.path}').optional(),
  tags: tags.default({}),
});

const functionUri =
  /^(?:arn:aws:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/)?arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?(?:\/invocations)?$/;

export const integrationInput = z.strictObject({
  integrationType: z.literal('AWS_PROXY', unlike('other integrations than AWS_PROXY')),
  integrationUri: z.string().regex(functionUri, unlike('integrations with anything but a Lambda function')),
  integrationMethod: z.literal('POST').optional(),
  payloadFormatVersion: z.literal('2.0', unlike('another payload format than 2.0')),
  connectionType: z.literal('INTERNET', unlike('VPC links')).optional(),
  timeoutInMillis: z.int().min(50).max(30_000).default(30_000),
  description: z.string().max(1024).optional(),
});

const routeKey = /^\$default$|^(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/(?:[^\s/]+(?:\/[^\s/]+)*\/?)?$/;

export const routeInput = z.strictObject({
  routeKey: z.string().regex(routeKey, { error: 'The provided route key is not formatted properly for HTTP protocol' }),
  target: z
    .string()
    .regex(/^integrations\/\w+$/)
    .optional(),
  authorizationType: z.enum(['NONE', 'AWS_IAM', 'JWT'], unlike('Lambda authorizers of HTTP APIs')).default('NONE'),
  authorizerId: z.string().optional(),
  authorizationScopes: z.array(z.string()).default([]),
  operationName: z.string().max(64).optional(),
  apiKeyRequired: z.literal(false).optional(),
});

export const authorizerInput = z.strictObject({
  name: z.string().min(1).max(128),
  authorizerType: z.literal('JWT', unlike('Lambda authorizers of HTTP APIs')),
  identitySource: z.array(z.string().regex(/^\$request\.(?:header|querystring)\.[\w-]+$/)).length(1),
  jwtConfiguration: z.strictObject({ audience: z.array(z.string()).min(1), issuer: z.url() }),
});

export const stageInput = z.strictObject({
  stageName: z.string().regex(/^(?:\$default|[\w-]{1,128})$/),
  autoDeploy: z.boolean().default(false),
  deploymentId: z.string().optional(),
  stageVariables: z.record(z.string().regex(/^\w+$/), z.string()).optional(),
  description: z.string().max(1024).optional(),
  tags: tags.default({}),
});
