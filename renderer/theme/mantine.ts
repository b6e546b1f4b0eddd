import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineThemeOverride,
  Menu,
  Modal,
  Popover,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';

/** Mantine's components take their colours from `tokens.css`: one accent, for the primary action; red for what destroys. */
const buttonColours: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'danger';
  if (variant === 'filled') {
    const background = danger ? 'var(--state-failed)' : 'var(--accent)';
    return { background, hover: `color-mix(in srgb, ${background} 88%, var(--ink))`, color: 'var(--accent-ink)', border: 'none' };
  }
  if (variant === 'subtle') {
    return { background: 'transparent', hover: 'var(--ground-hover)', color: 'var(--ink)', border: '1px solid transparent' };
  }
  return {
    background: 'var(--ground)',
    hover: 'var(--ground-hover)',
    color: danger ? 'var(--state-failed)' : 'var(--ink)',
    border: '1px solid var(--line-strong)',
  };
};

/** What lies above the page has a line around it instead of a shadow. */
const raised = { border: '1px solid var(--line-strong)', backgroundColor: 'var(--ground)' };

/** Dense, square, without shadows. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  headings: { fontFamily: 'var(--font-ui)', fontWeight: '600' },
  defaultRadius: 4,
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '4px', xl: '4px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  focusRing: 'auto',
  respectReducedMotion: true,
  variantColorResolver: buttonColours,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'compact-sm' },
      vars: () => ({ root: { '--button-height': '26px' } }),
      styles: { root: { fontWeight: 500 } },
    }),
    Input: Input.extend({
      vars: () => ({
        wrapper: {
          '--input-height': '28px',
          '--input-fz': '13px',
          '--input-bg': 'var(--ground)',
          '--input-bd': 'var(--line-strong)',
        },
      }),
    }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 } }, styles: { dropdown: raised } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 } }, styles: { dropdown: raised } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: { duration: 0 }, withArrow: false },
      styles: { tooltip: { ...raised, padding: '4px 8px', color: 'var(--ink)' } },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 0 },
        overlayProps: { color: '#000', backgroundOpacity: 0.35 },
        withCloseButton: false,
      },
      styles: {
        content: raised,
        header: { minHeight: 0, padding: '12px 12px 8px' },
        title: { fontWeight: 600 },
      },
    }),
  },
});

/** Mantine's own variables, as far as its components read them, said in ours. */
export const cssVariables: CSSVariablesResolver = () => {
  const colours = {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-quiet)',
    '--mantine-color-placeholder': 'var(--ink-quiet)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--state-failed)',
    '--mantine-color-default': 'var(--ground)',
    '--mantine-color-default-hover': 'var(--ground-hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-disabled': 'var(--ground-sunken)',
    '--mantine-color-disabled-color': 'var(--ink-quiet)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent)',
    '--mantine-primary-color-contrast': 'var(--accent-ink)',
    '--mantine-primary-color-light': 'var(--ground-selected)',
    '--mantine-primary-color-light-hover': 'var(--ground-selected)',
    '--mantine-primary-color-light-color': 'var(--accent)',
  };
  return { variables: {}, light: colours, dark: colours };
};
