/**
 * What is loaded when it is first asked for, and then kept, so that nothing that replaces it later is mixed with what
 * runs. A load that failed is not kept: whoever asks next tries again.
 */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const retry = (error: unknown) => {
    loading = undefined;
    throw error;
  };
  return () => (loading ??= load().catch(retry));
}
