import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eaf4fd',
  '#d3e7fa',
  '#a5cef4',
  '#74b5f2',
  '#4aa8f5',
  '#2390e6',
  '#0f7bd4',
  '#0b69b7',
  '#095a9e',
  '#074980',
]

const sans = '"Inter Variable", system-ui, sans-serif'
const mono = '"JetBrains Mono Variable", ui-monospace, monospace'

/** The one palette, the one accent, and the dense sizes. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: {
    accent,
    dark: [
      '#e4e9f0',
      '#c3ccd9',
      '#93a1b5',
      '#5f6d82',
      '#3a4453',
      '#28303c',
      '#1d232d',
      '#161b23',
      '#0f1319',
      '#0a0d12',
    ],
  },
  white: '#ffffff',
  black: '#1b2430',
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '18px', lg: '20px', xl: '26px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: { fontFamily: sans, fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '26px' } } },
  shadows: {
    xs: 'none',
    sm: 'none',
    md: '0 4px 16px rgb(10 20 35 / 12%)',
    lg: '0 8px 28px rgb(10 20 35 / 16%)',
    xl: '0 16px 48px rgb(10 20 35 / 22%)',
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: {
      vars: (_theme: unknown, { color }: { color?: string }) => ({
        root: { '--alert-color': color === 'yellow' ? 'var(--d-warn)' : 'var(--d-bad)' },
      }),
    },
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    InputBase: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    MultiSelect: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 80 },
      },
    },
    Drawer: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    // Choices open upwards where they would leave the screen, also when they come only later.
    Combobox: {
      defaultProps: { shadow: 'md', transitionProps: { duration: 0 }, preventPositionChangeWhenVisible: false },
    },
  },
})

/** The design's tokens as custom properties, beside Mantine's own. */
export const tokens: CSSVariablesResolver = () => ({
  variables: {
    '--d-mono': mono,
    '--d-radius': '6px',
  },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2430',
    '--mantine-color-dimmed': '#5d6b7e',
    '--mantine-color-placeholder': '#66748a',
    '--mantine-color-default-border': '#d5dae2',
    '--mantine-color-anchor': '#0b69b7',
    '--mantine-color-error': '#b3261e',
    '--d-page': '#f7f8fa',
    '--d-surface': '#ffffff',
    '--d-raised': '#ffffff',
    '--d-border': '#e3e6eb',
    '--d-strong-border': '#cfd5de',
    '--d-text': '#1b2430',
    '--d-muted': '#5d6b7e',
    '--d-hover': '#f1f4f8',
    '--d-active': '#e6f1fb',
    '--d-accent': '#0f7bd4',
    '--d-link': '#0b69b7',
    '--d-good': '#1a7f4b',
    '--d-warn': '#9a5b00',
    '--d-bad': '#b3261e',
    '--d-info': '#0b69b7',
  },
  dark: {
    '--mantine-color-body': '#161b23',
    '--mantine-color-text': '#e4e9f0',
    '--mantine-color-dimmed': '#93a1b5',
    '--mantine-color-placeholder': '#8391a6',
    '--mantine-color-default-border': '#323c4a',
    '--mantine-color-anchor': '#6db8f7',
    '--mantine-color-error': '#ff8a80',
    '--d-page': '#0f1319',
    '--d-surface': '#161b23',
    '--d-raised': '#1b212b',
    '--d-border': '#28303c',
    '--d-strong-border': '#3a4453',
    '--d-text': '#e4e9f0',
    '--d-muted': '#93a1b5',
    '--d-hover': '#1d232d',
    '--d-active': '#16283b',
    '--d-accent': '#4aa8f5',
    '--d-link': '#6db8f7',
    '--d-good': '#4cc38a',
    '--d-warn': '#e5a94d',
    '--d-bad': '#ff8a80',
    '--d-info': '#6db8f7',
  },
})
