import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';
import type { CodePackage } from './code-store.ts';

/** Where a deployment package comes from. */
export const functionCodeInput = z.object({
  /** The zip itself, base64. */
  ZipFile: z.union([z.base64(), z.instanceof(Uint8Array)]).optional(),
  /** Source text for one file, as a template's `ZipFile` has it; not part of the public API. */
  Source: z.string().optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
});

/** Fetches and unzips a deployment package. */
export const packageOf = async ({ codes, ports }: LambdaDependencies, code: z.output<typeof functionCodeInput>): Promise<CodePackage> => {
  if (code.ZipFile !== undefined)
    return codes.add(typeof code.ZipFile === 'string' ? Buffer.from(code.ZipFile, 'base64') : Buffer.from(code.ZipFile));
  if (code.Source !== undefined) return codes.addSource(code.Source);
  if (code.S3Bucket === undefined || code.S3Key === undefined) {
    throw new AwsError(
      'InvalidParameterValueException',
      'Please provide the code as ZipFile, or as S3Bucket and S3Key; the local AWS runs no images.',
    );
  }
  return codes.add(await ports.readObject(code.S3Bucket, code.S3Key));
};
