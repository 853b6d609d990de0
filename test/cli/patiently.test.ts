import { patiently } from '../../cli/patiently.ts';
import { OperationError } from '../../domain/operation-error.ts';

const failing = (times: number, error: Error) => {
  let asked = 0;
  return () => {
    asked += 1;
    return asked <= times ? Promise.reject(error) : Promise.resolve(asked);
  };
};

const busy = new OperationError('ERR_BUSY', 'slow down');

describe('Patience', () => {
  test('asks again while AWS throttles, after each pause', async () => {
    const pauses: number[] = [];
    const pause = (attempt: number) => Promise.resolve(void pauses.push(attempt));
    expect(await patiently(failing(3, busy), pause)).toBe(4);
    expect(pauses).toEqual([0, 1, 2]);
  });

  test('ends after five times', async () => {
    await expect(patiently(failing(5, busy), () => Promise.resolve())).rejects.toBe(busy);
  });

  test('has none with a refusal', async () => {
    const refusal = new OperationError('ERR_CONFLICT', 'no');
    await expect(patiently(failing(1, refusal), () => Promise.resolve())).rejects.toBe(refusal);
  });
});
