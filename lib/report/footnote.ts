/** Said once, at the foot of every report that says "allows". */
export const footnote =
  "\u201cAllows\u201d means by the role\u2019s own policies, its boundary and its trust policy. Not read are service control, resource control and session policies, which can take away, and policies on resources, which can also give.";
