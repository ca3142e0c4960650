// Draws the first page of each file with pdf.js; run within a folder that has it (node_modules).
import * as pdfjs from './node_modules/pdfjs-dist/legacy/build/pdf.mjs'; import fs from 'fs'; import {createCanvas} from '@napi-rs/canvas';
for (const path of process.argv.slice(2)) {
  try {
    const task = pdfjs.getDocument({data: new Uint8Array(fs.readFileSync(path)), disableFontFace: true, useSystemFonts: false, verbosity: 0, standardFontDataUrl: './node_modules/pdfjs-dist/standard_fonts/'});
    const doc = await task.promise; const page = await doc.getPage(1); const vp = page.getViewport({scale: 1});
    const c = createCanvas(Math.round(vp.width), Math.round(vp.height)); const x = c.getContext('2d'); x.fillStyle = 'white'; x.fillRect(0, 0, c.width, c.height);
    await page.render({canvasContext: x, viewport: vp, canvas: c}).promise; fs.writeFileSync(path + '.pdfjs.png', c.toBuffer('image/png')); await task.destroy();
  } catch (error) { console.error(path, String(error)); }
}
process.exit(0);
