const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address may be asked for keys or tokens: https, or http to this very machine; without a password or a fragment in it. */
export const isSafeAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname));
};
