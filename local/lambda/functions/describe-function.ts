import type { FunctionVersion, LambdaFunction } from './lambda-function.ts';

/** A time as Lambda writes it, e.g. `2026-11-22T00:00:00.000+0000`. */
export const lambdaTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

/** A version's `FunctionConfiguration` (Lambda API Reference). */
export const describeFunction = (lambda: LambdaFunction, version: FunctionVersion, isQualified: boolean): object => {
  const { LoggingConfig, ...configuration } = version.configuration;
  return {
    FunctionName: lambda.name,
    FunctionArn: isQualified ? `${lambda.arn}:${version.version}` : lambda.arn,
    ...configuration,
    LoggingConfig: { ...LoggingConfig, LogGroup: LoggingConfig.LogGroup ?? `/aws/lambda/${lambda.name}` },
    CodeSize: version.code.size,
    CodeSha256: version.code.sha256,
    LastModified: lambdaTime(version.lastModifiedMs),
    Version: version.version,
    RevisionId: version.revisionId,
    PackageType: 'Zip',
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
};
