/** The shape of a region's name, such as `eu-west-1`. */
export const regionName = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** Whether a text has that shape; not whether there is such a region. */
export const isRegionName = (text: string): boolean => regionName.test(text);
