/** `event-1`, `event-2`, … */
export const numberedIds = (stem = 'event') => {
  let count = 0;
  return () => {
    count += 1;
    return `${stem}-${count}`;
  };
};
