import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import type { Place } from './features/shell/index.ts';
import { EmptyState } from './ui/EmptyState.tsx';

interface PageBoundaryProps {
  /** Another place is another try. */
  place: Place;
  children: ReactNode;
}

/** Keeps a page that cannot be loaded or drawn from taking the window with it: the rest stays, and the way out is named. */
export class PageBoundary extends Component<PageBoundaryProps, { broken: { words: string } | null }> {
  override state: { broken: { words: string } | null } = { broken: null };

  static getDerivedStateFromError(error: unknown): { broken: { words: string } } {
    return { broken: { words: error instanceof Error ? error.message : String(error) } };
  }

  override componentDidUpdate(before: PageBoundaryProps): void {
    if (before.place !== this.props.place && this.state.broken !== null) this.setState({ broken: null });
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (broken === null) return this.props.children;
    return (
      <EmptyState
        title="This page cannot be shown."
        // A part of the program that failed to load stays failed until the window loads it anew.
        actions={<Button onClick={() => globalThis.location.reload()}>Reload the window</Button>}
      >
        <span>Drafts are kept, and what runs in a cluster runs on. After a reload the clusters are asked anew.</span>
        <details>
          <summary>Details</summary>
          <code className="mono">{broken.words}</code>
        </details>
      </EmptyState>
    );
  }
}
