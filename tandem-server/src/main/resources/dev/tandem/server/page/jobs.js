// Jobs in the background, followed to their end.
import {events, get} from './api.js';

const OVER = ['succeeded', 'failed', 'cancelled'];
export const isOver = job => OVER.includes(job.status);

/**
 * Follows a job; goes on after a connection that broke off.
 *
 * @param {(event: object) => void} told of each event, in order
 * @return the job as it ended
 */
export async function follow(id, told, signal) {
  let seen = 0;
  let pause = 500;
  while (true) {
    try {
      for await (const event of events('GET', `/api/jobs/${id}/events?after=${seen}`, undefined, signal)) {
        seen = event.number;
        pause = 500;
        told(event);
      }
      const job = await get(`/api/jobs/${id}`, signal);
      if (isOver(job)) return job;
    } catch (error) {
      if (error.name === 'AbortError' || !error.gone) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 10_000);
  }
}
