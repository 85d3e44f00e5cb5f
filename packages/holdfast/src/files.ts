// The types of each platform are its own, since files are; the conditions of package.json pick them with the code.
export * from './node-files.ts';
