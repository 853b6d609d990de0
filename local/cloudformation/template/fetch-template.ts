import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { ObjectVersion } from '../../s3/bucket.ts';
import type { ObjectReader } from '../../s3/object-reader.ts';
import { validationError } from './validation-error.ts';

// API reference, CreateChangeSet: TemplateBody up to 51,200 bytes, TemplateURL up to 1 MB.
const maxBodyBytes = 51_200;
const maxUrlBytes = 1024 * 1024;

/** `https://<bucket>.s3.<region>.amazonaws.com/<key>`, `https://s3.<region>.amazonaws.com/<bucket>/<key>` or the gateway's own address. */
const locate = (url: string, account: Account): { readonly bucket: string; readonly key: string } => {
  const { hostname, pathname } = new URL(url);
  const path = decodeURIComponent(pathname.slice(1));
  const virtualHost = new RegExp(`^(.+)\\.s3[.-]${account.region}\\.amazonaws\\.com$|^(.+)\\.s3\\.amazonaws\\.com$`).exec(hostname);
  if (virtualHost !== null) return { bucket: virtualHost[1] ?? virtualHost[2] ?? '', key: path };
  const slash = path.indexOf('/');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
};

const readObject = (read: ObjectReader, { bucket, key }: ReturnType<typeof locate>): ObjectVersion | undefined => {
  try {
    return read(bucket, key);
  } catch (thrown) {
    if (thrown instanceof AwsError && thrown.code === 'AccessDenied') throw validationError('S3 error: Access Denied');
    throw thrown;
  }
};

const fetchByUrl = (url: string, read: ObjectReader, account: Account): string => {
  if (!URL.canParse(url)) throw validationError('TemplateURL must reference a valid S3 object to which you have access.');
  const object = readObject(read, locate(url, account));
  if (object === undefined) throw validationError('TemplateURL must reference a valid S3 object to which you have access.');
  if (object.body.length > maxUrlBytes) throw validationError(`Template may not exceed ${maxUrlBytes} bytes in size.`);
  return object.body.toString('utf8');
};

/** The text of the template that a request carries or points to. */
export const fetchTemplate = (
  source: { readonly TemplateBody?: string | undefined; readonly TemplateURL?: string | undefined },
  read: ObjectReader,
  account: Account,
): string => {
  if (source.TemplateURL !== undefined) return fetchByUrl(source.TemplateURL, read, account);
  if (source.TemplateBody === undefined) throw validationError('Either Template URL or Template Body must be specified.');
  if (Buffer.byteLength(source.TemplateBody) > maxBodyBytes) {
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${maxBodyBytes}`,
    );
  }
  return source.TemplateBody;
};
